/** An awaited `beforeRequest` of a fresh token on a plain object, beside an async function that does the least. */
import { bytesPerCall } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { incumbent, ours, URL_OF_API } from './fixtures.js';
import { freshFloor, kept } from './fresh-floor.js';

const credentials = ours();
const client = incumbent();

const mine: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      await credentials.beforeRequest(undefined, 'GET', URL_OF_API, headers);
      kept.last = headers;
    }
  },
};

const theirs: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) kept.last = await client.getRequestHeaders(URL_OF_API);
  },
};

const turns = inputOf<Turns>();
const ns = await interleave({ floor: freshFloor, ours: mine, incumbent: theirs }, turns);
const bytes = {
  floor: await bytesPerCall(freshFloor, turns.calls),
  ours: await bytesPerCall(mine, turns.calls),
  incumbent: await bytesPerCall(theirs, turns.calls),
};
report({ ns, bytes });
