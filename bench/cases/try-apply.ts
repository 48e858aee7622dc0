/** `tryApply` of a fresh token on a plain object, beside the least that could do the same. */
import { bytesPerCall } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { ours, TOKEN } from './fixtures.js';

const credentials = ours();
const authorization = `Bearer ${TOKEN}`;
const expiresAt = Date.now() + 3_600_000;

/** Where objects escape to, so that no candidate is spared its allocation. */
const kept: { last: object } = { last: {} };

const floor: Candidate = {
  run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      if (Date.now() < expiresAt) headers['authorization'] = authorization;
      kept.last = headers;
    }
  },
};

const mine: Candidate = {
  run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      credentials.tryApply(headers);
      kept.last = headers;
    }
  },
};

const turns = inputOf<Turns>();
const ns = await interleave({ floor, ours: mine }, turns);
const bytes = { floor: await bytesPerCall(floor, turns.calls), ours: await bytesPerCall(mine, turns.calls) };
report({ ns, bytes });
