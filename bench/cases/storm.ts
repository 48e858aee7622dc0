/** Many callers at once with an expired or a stale token, after one warm-up mint over the same connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inputOf, report } from '../measure/child.js';
import { incumbent, ours, URL_OF_API, type UserInfo } from './fixtures.js';

/** What the parent gives. */
export interface StormInput {
  readonly info: UserInfo;
  readonly library: 'ours' | 'incumbent';
  readonly token: 'expired' | 'stale';
  readonly callers: number;
  readonly latencyMs: number;
}

/** What becomes of it. */
export interface StormResult {
  /** Until the last caller had headers. */
  readonly elapsedMs: number;
  /** Callers who had no headers before the event loop turned: an answer of the token endpoint comes no earlier. */
  readonly waiters: number;
}

type Call = () => Promise<unknown>;

/** Inside the refresh window of either library, and far from dead. */
const STALE_LEFT_MS = 100_000;

const input = inputOf<StormInput>();
const call = input.library === 'ours' ? await warmOurs() : await warmIncumbent();
await sleep(50);
const result = await storm(call);
// A refresh in the background may begin after the last caller was served, and counts as well.
await sleep(2 * input.latencyMs);
report(result);

async function warmOurs(): Promise<Call> {
  const credentials = ours(input.info);
  await credentials.refresh();
  // The same refresh token and the same kept connection, with a token in the state that is wanted.
  const leftMs = input.token === 'expired' ? -1 : STALE_LEFT_MS;
  const judged = ours({ ...input.info, refresh_token: credentials.refreshToken ?? '' }, { leftMs });
  return () => judged.beforeRequest(undefined, 'GET', URL_OF_API, {});
}

async function warmIncumbent(): Promise<Call> {
  const client = incumbent(input.info);
  await client.refreshAccessToken();
  client.credentials.expiry_date = Date.now() + (input.token === 'expired' ? -1 : STALE_LEFT_MS);
  return () => client.getRequestHeaders(URL_OF_API);
}

/** As little as can be is done around each call, as ten thousand times that little would be measured as well. */
async function storm(caller: Call): Promise<StormResult> {
  let turned = false;
  let waiters = 0;
  const settled = (): void => {
    if (turned) waiters += 1;
  };
  setImmediate(() => (turned = true));
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: input.callers }, () => caller().then(settled)));
  return { elapsedMs: performance.now() - startedAt, waiters };
}
