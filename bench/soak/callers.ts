/** Callers at full speed: each asks again as soon as it has been served, and lets the event loop turn between bursts. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Credentials } from 'credence';
import type { Ledger } from './ledger.js';

const CALLERS = 8;
const BURST = 25;
const URL_OF_API = 'https://storage.googleapis.com/storage/v1/b';

/** Runs all callers until `isOver`. */
export async function runCallers(credentials: Credentials, ledger: Ledger, isOver: () => boolean): Promise<void> {
  // Judged where they are set, and not a turn of the loop later.
  const headers = {
    set: (name: string, value: string): void => (name === 'authorization' ? ledger.handed(value) : undefined),
  };
  const call = async (): Promise<void> => {
    const [startedAt, usable] = [performance.now(), ledger.hasUsableToken];
    try {
      await credentials.beforeRequest(undefined, 'GET', URL_OF_API, headers);
    } catch (error) {
      ledger.failed(error);
    }
    if (usable) ledger.counts.longestWaitMs = Math.max(ledger.counts.longestWaitMs, performance.now() - startedAt);
  };
  const caller = async (): Promise<void> => {
    while (!isOver()) {
      for (let index = 0; index < BURST; index += 1) await call();
      await turn();
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}
