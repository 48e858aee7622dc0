/** An awaited `beforeRequest` of a fresh token on a new `Headers`, beside `Headers.set` alone with one await. */
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { incumbent, ours, TOKEN, URL_OF_API } from './fixtures.js';

const credentials = ours();
const client = incumbent();
const authorization = `Bearer ${TOKEN}`;
const settled: Promise<void> = Promise.resolve();

/** New ones for every round: the first `set` of a `Headers` is what a request pays. */
let fresh: Headers[] = [];
const prepare = (calls: number): void => {
  fresh = Array.from({ length: calls }, () => new Headers());
};

const floor: Candidate = {
  prepare,
  async run() {
    for (const headers of fresh) {
      headers.set('authorization', authorization);
      await settled;
    }
  },
};

const mine: Candidate = {
  prepare,
  async run() {
    for (const headers of fresh) await credentials.beforeRequest(undefined, 'GET', URL_OF_API, headers);
  },
};

const kept: { last: object } = { last: {} };
const theirs: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) kept.last = await client.getRequestHeaders(URL_OF_API);
  },
};

const { rounds, calls } = inputOf<Turns>();
report({ ns: await interleave({ floor, ours: mine, incumbent: theirs }, { rounds, calls: Math.ceil(calls / 4) }) });
