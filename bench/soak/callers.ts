/** Callers at full speed: each asks again as soon as it has been served, and lets the event loop turn between bursts. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Ledger } from './ledger.js';

/** Gets a token and shows it to the ledger. */
export type Call = () => Promise<void>;

const CALLERS = 8;
const BURST = 25;

/** Runs all callers until `isOver`. */
export async function runCallers(request: Call, ledger: Ledger, isOver: () => boolean): Promise<void> {
  const turns = countTurns();
  const call = async (): Promise<void> => {
    const [startedAt, usable, turnsBefore] = [performance.now(), ledger.hasUsableToken, turns.count];
    try {
      await request();
    } catch (error) {
      ledger.failed(error, turns.count === turnsBefore);
    }
    // No answer comes before the loop has turned: whoever is served in the same turn has not waited.
    if (usable) ledger.servedWithin(performance.now() - startedAt, turns.count === turnsBefore);
  };
  const caller = async (): Promise<void> => {
    while (!isOver()) {
      for (let index = 0; index < BURST; index += 1) await call();
      await turn();
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  turns.stop();
}

function countTurns(): { readonly count: number; stop(): void } {
  let count = 0;
  let next = setImmediate(step);
  function step(): void {
    count += 1;
    next = setImmediate(step);
  }
  return {
    get count() {
      return count;
    },
    stop: () => clearImmediate(next),
  };
}
