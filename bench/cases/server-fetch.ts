/** An awaited `fetch(name)` of a valid token, beside the floor of an awaited `beforeRequest`. */
import { TokenServer } from 'credence/server';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { ours } from './fixtures.js';
import { freshFloor, kept } from './fresh-floor.js';

const NAME = 'storage';

const mine: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) kept.last = await TokenServer.fetch(NAME);
  },
};

let requests = 0;
const transport = (): Promise<never> => {
  requests += 1;
  return Promise.reject(new Error('Nothing may be sent.'));
};

await TokenServer.start({ name: NAME, source: ours(), request: transport });
const ns = await interleave({ floor: freshFloor, ours: mine }, inputOf<Turns>());
report({ ns, requests });
