/** Many self-signed tokens at once, beside `crypto.sign` alone on the thread pool; and how long that keeps others waiting. */
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { inputOf, report } from '../measure/child.js';
import { aServiceAccount, incumbentServiceAccount, ourServiceAccount } from './service-account.js';

/** What the parent gives. */
export interface SignStormInput {
  readonly tokens: number;
  readonly rounds: number;
}

/** What one storm takes, and what it does to others, in milliseconds. */
export interface SignStorm {
  readonly elapsedMs: number;
  /** The longest time in which the event loop did not turn. */
  readonly heldMs: number;
  /** The longest `fs.stat` meanwhile, until its caller hears of it. */
  readonly statMs: number;
}

/** Each has as many storms as there are rounds. */
export type SignStorms = Record<'floor' | 'ours' | 'incumbent', readonly SignStorm[]>;

type Run = () => Promise<unknown>;

/** What is signed for one token: header and claims of a self-signed token for an API. */
const INPUT = Buffer.from('x'.repeat(360));
const RESOLUTION_MS = 1;
const PAUSE_MS = 5;
/** Until the JIT has done its work. */
const WARM_UP_ROUNDS = 6;

const { tokens, rounds } = inputOf<SignStormInput>();
const info = aServiceAccount();
const key = createPrivateKey(info.private_key);
const robot = ourServiceAccount(info, { maxAudiences: tokens });

const runs: Record<keyof SignStorms, () => Run> = {
  floor: () => () => Promise.all(Array.from({ length: tokens }, signed)),
  ours: () => {
    // A copy that holds no tokens yet, with the same key.
    const credentials = robot.withClaims({});
    const urls = someUrls();
    return () => Promise.all(urls.map((url) => credentials.beforeRequest(undefined, 'GET', url, {})));
  },
  incumbent: () => {
    const client = incumbentServiceAccount(info);
    const urls = someUrls();
    return () => Promise.all(urls.map((url) => client.getRequestHeaders(url)));
  },
};

await storms(WARM_UP_ROUNDS);
report(await storms(rounds));

async function storms(count: number): Promise<SignStorms> {
  const found: Record<keyof SignStorms, SignStorm[]> = { floor: [], ours: [], incumbent: [] };
  for (let round = 0; round < count; round += 1) {
    for (const who of ['floor', 'ours', 'incumbent'] as const) found[who].push(await watched(runs[who]()));
  }
  return found;
}

async function watched(run: Run): Promise<SignStorm> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  // The first turns only give it something to count from.
  await sleep(10 * RESOLUTION_MS);
  const storm = { over: false };
  const longest = longestStat(storm);
  const startedAt = performance.now();
  await run();
  const elapsedMs = performance.now() - startedAt;
  storm.over = true;
  const statMs = await longest;
  await sleep(2 * RESOLUTION_MS);
  delays.disable();
  return { elapsedMs, heldMs: delays.max / 1e6 - RESOLUTION_MS, statMs };
}

async function longestStat(storm: { readonly over: boolean }): Promise<number> {
  let longestMs = 0;
  while (!storm.over) {
    const startedAt = performance.now();
    await stat('.');
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    await sleep(PAUSE_MS);
  }
  return longestMs;
}

function signed(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', INPUT, key, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

/** Hosts that nobody has called before. */
function someUrls(): readonly string[] {
  return Array.from({ length: tokens }, () => `https://${randomUUID()}.googleapis.com/v1/things`);
}
