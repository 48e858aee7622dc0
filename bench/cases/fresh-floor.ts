/** What the fresh path is measured against: an awaited async function that reads the clock, checks an expiry and sets one property. */
import type { Candidate } from '../measure/interleave.js';
import { TOKEN } from './fixtures.js';

const authorization = `Bearer ${TOKEN}`;
const expiresAt = Date.now() + 3_600_000;

/** Where objects escape to, so that no candidate is spared its allocation. */
export const kept: { last: object } = { last: {} };

async function applyFloor(headers: Record<string, string>): Promise<void> {
  if (Date.now() < expiresAt) headers['authorization'] = authorization;
}

/** The floor. */
export const freshFloor: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      await applyFloor(headers);
      kept.last = headers;
    }
  },
};
