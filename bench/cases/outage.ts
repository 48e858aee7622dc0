/** Callers with a stale token while the token endpoint refuses or hangs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { gaxiosTransport, type Transport } from 'credence';
import { inputOf, report } from '../measure/child.js';
import { incumbent, ours, URL_OF_API, type UserInfo } from './fixtures.js';

/** What the parent gives. */
export interface OutageInput {
  readonly info: UserInfo;
  readonly library: 'ours' | 'incumbent';
  readonly outageMs: number;
}

/** What becomes of it. */
export interface OutageResult {
  readonly calls: number;
  readonly errors: number;
  /** Callers who had no headers before the event loop turned: anything that is waited for comes no earlier. */
  readonly waiters: number;
  readonly longestWaitMs: number;
  readonly unhandled: number;
  readonly attempts: number;
  /** The shortest time between the starts of two attempts; `null` where there were not two. */
  readonly shortestGapMs: number | null;
}

const STALE_LEFT_MS = 100_000;
const CALLS_AT_ONCE = 20;
const PAUSE_MS = 5;

const input = inputOf<OutageInput>();
const attempts: number[] = [];
let unhandled = 0;
process.on('unhandledRejection', () => (unhandled += 1));
report(await endure(input.library === 'ours' ? ourCall() : incumbentCall()));

function ourCall(): () => Promise<unknown> {
  const base = gaxiosTransport();
  const transport: Transport = (request) => {
    attempts.push(performance.now());
    return base(request);
  };
  const credentials = ours(input.info, { leftMs: STALE_LEFT_MS }, { transport });
  return () => credentials.beforeRequest(undefined, 'GET', URL_OF_API, {});
}

function incumbentCall(): () => Promise<unknown> {
  const client = incumbent(input.info, { leftMs: STALE_LEFT_MS });
  return () => client.getRequestHeaders(URL_OF_API);
}

async function endure(call: () => Promise<unknown>): Promise<OutageResult> {
  const waits: number[] = [];
  let calls = 0;
  let errors = 0;
  let turn = 0;
  let served = 0;
  const one = async (): Promise<void> => {
    const [startedAt, startedIn] = [performance.now(), turn];
    calls += 1;
    await call().catch(() => (errors += 1));
    waits.push(performance.now() - startedAt);
    if (turn === startedIn) served += 1;
  };
  const endsAt = performance.now() + input.outageMs;
  while (performance.now() < endsAt) {
    for (let caller = 0; caller < CALLS_AT_ONCE; caller += 1) void one();
    setImmediate(() => (turn += 1));
    await sleep(PAUSE_MS);
  }
  const longestWaitMs = waits.length < calls ? input.outageMs : Math.max(...waits);
  return {
    calls,
    errors,
    waiters: calls - served,
    longestWaitMs,
    unhandled,
    attempts: attempts.length,
    shortestGapMs: shortestGap(),
  };
}

function shortestGap(): number | null {
  const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? NaN));
  return gaps.length === 0 ? null : Math.min(...gaps);
}
