/** Weighs copies of one service account, each for a user of its own and with a token of its own. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from 'credence';
import type { JWTOptions } from 'google-auth-library';
import { heapHeld } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { aServiceAccount, incumbentServiceAccount, ourServiceAccount, SCOPE } from './service-account.js';

/** Bytes. */
export interface Weights {
  /** On the heap. */
  readonly heap: number;
  /** Of the whole process: its resident set. */
  readonly resident: number;
}

/** 220 characters of base64url: as long as Google's. */
const TOKEN_BYTES = 165;
const HOUR_MS = 3_600_000;
const AT_ONCE = 100;
const COLLECTIONS = 5;
const COLLECTION_PAUSE_MS = 20;

type Make = (user: string) => Promise<object>;

/** All copies share their key: it only has to sign quickly. The incumbent takes no other than RSA. */
const info = aServiceAccount('ec');
const small = aServiceAccount('small-rsa');

/** A token endpoint within the process: what is weighed is what is kept. */
const answering: Transport = () =>
  Promise.resolve({ status: 200, headers: { get: () => null }, body: JSON.stringify(tokenAnswer()) });

/** The same for the incumbent, each of whose clients has an HTTP client of its own. */
const transporterOptions: NonNullable<JWTOptions['transporterOptions']> = {
  adapter: (config) => Promise.resolve(Object.assign(new Response(), { config, data: tokenAnswer() as never })),
};

const makers: Record<'floor' | 'ours' | 'incumbent', () => Make> = {
  floor: () => async (user) => ({ user, token: someToken(), expiresAt: Date.now() + HOUR_MS }),
  ours: () => {
    const robot = ourServiceAccount(info, { scopes: SCOPE, transport: answering });
    return async (user) => {
      const credentials = robot.withSubject(user);
      await credentials.beforeRequest(undefined, 'GET', 'https://www.googleapis.com/drive/v3/files', {});
      return credentials;
    };
  },
  incumbent: () => {
    return async (subject) => {
      const client = incumbentServiceAccount(small, { scopes: SCOPE, subject, transporterOptions });
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
const before = await weighed();
await fill(objects);
const after = await weighed();
const weights: Weights = {
  heap: (after.heap - before.heap) / objects,
  resident: (after.resident - before.resident) / objects,
};
report(weights);

/** What is thrown away is given back to the system bit by bit. */
async function weighed(): Promise<Weights> {
  for (let time = 0; time < COLLECTIONS; time += 1) {
    heapHeld();
    await sleep(COLLECTION_PAUSE_MS);
  }
  return { heap: heapHeld(), resident: process.memoryUsage().rss };
}

async function fill(count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const users = Array.from(
      { length: Math.min(AT_ONCE, count - first) },
      (_, index) => `user-${first + index}@example.com`,
    );
    const made = await Promise.all(users.map(make));
    for (const [index, object] of made.entries()) held[first + index] = object;
  }
}

function tokenAnswer(): object {
  return { access_token: someToken(), expires_in: 3599, token_type: 'Bearer' };
}

/** Whole: a part of a longer string would keep that alive. */
function someToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
