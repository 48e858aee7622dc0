/** Weighs copies of one service account, each for a user of its own and with a token of its own. */
import { randomBytes } from 'node:crypto';
import type { Transport } from 'credence';
import { heapHeld } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { aRobot, incumbentRobot, ourRobot, SCOPE } from './robot.js';

/** What copies weigh, each. */
export interface RobotWeights {
  /** On the heap, in bytes. */
  readonly heap: number;
  /** Of the process, in bytes: its resident set. */
  readonly resident: number;
}

/** 220 characters of base64url: as long as Google's. */
const TOKEN_BYTES = 165;
const HOUR_MS = 3_600_000;
const AT_ONCE = 100;

type Make = (user: string) => Promise<object>;

const info = aRobot('ec');

const makers: Record<'floor' | 'ours' | 'incumbent', () => Make> = {
  floor: () => async (user) => ({ user, token: someToken(), expiresAt: Date.now() + HOUR_MS }),
  ours: () => {
    const robot = ourRobot(info, { scopes: SCOPE, transport: answering });
    return async (user) => {
      const credentials = robot.withSubject(user);
      await credentials.beforeRequest(undefined, 'GET', 'https://www.googleapis.com/drive/v3/files', {});
      return credentials;
    };
  },
  incumbent: () => {
    return async (subject) => {
      const client = incumbentRobot(info, { scopes: SCOPE, subject });
      client.credentials = { access_token: someToken(), expiry_date: Date.now() + HOUR_MS, refresh_token: 'jwt-placeholder' };
      await client.getRequestHeaders();
      return client;
    };
  },
};

const { who, objects } = inputOf<{ readonly who: keyof typeof makers; readonly objects: number }>();
const make = makers[who]();
const held: object[] = Array.from({ length: objects }, () => makers);
// The first ones pay for what all of them share.
await fill(Math.min(objects, 10 * AT_ONCE));
held.fill(makers);
const heapBefore = heapHeld();
const { rss: residentBefore } = process.memoryUsage();
await fill(objects);
const heap = (heapHeld() - heapBefore) / objects;
const resident = (process.memoryUsage().rss - residentBefore) / objects;
const weights: RobotWeights = { heap, resident };
report(weights);

async function fill(count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const users = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, index) => `user-${first + index}@example.com`);
    const made = await Promise.all(users.map(make));
    for (const [index, object] of made.entries()) held[first + index] = object;
  }
}

/** A token endpoint within the process: what is weighed is what is kept. */
function answering(): ReturnType<Transport> {
  const body = JSON.stringify({ access_token: someToken(), expires_in: 3599, token_type: 'Bearer' });
  return Promise.resolve({ status: 200, headers: { get: () => null }, body });
}

/** Whole: a part of a longer string would keep that alive. */
function someToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
