/** An awaited `fetch(name)` of a valid token, beside the floor of an awaited `beforeRequest`. */
import { TokenServer } from 'credence/server';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { ours, TOKEN } from './fixtures.js';

const NAME = 'storage';
const authorization = `Bearer ${TOKEN}`;
const expiresAt = Date.now() + 3_600_000;

/** Where objects escape to, so that no candidate is spared its allocation. */
const kept: { last: object } = { last: {} };

async function applyFloor(headers: Record<string, string>): Promise<void> {
  if (Date.now() < expiresAt) headers['authorization'] = authorization;
}

const floor: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      await applyFloor(headers);
      kept.last = headers;
    }
  },
};

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
const ns = await interleave({ floor, ours: mine }, inputOf<Turns>());
report({ ns, requests });
