/** Callers at full speed under a token server, by name and by its credentials, while its endpoint is well, stumbles, or is down. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inputOf, report } from '../measure/child.js';
import { runCallers } from '../soak/callers.js';
import type { Counts } from '../soak/ledger.js';
import { outage, RANDOM_FAILURES } from '../soak/outages.js';
import { startServed } from '../soak/parties.js';

/** What the parent gives. */
export interface ServedInput {
  /** How the endpoint does: well; failing by chance, and down for a while in between; down for longer than a token lives. */
  readonly endpoint: 'well' | 'stumbling' | 'down';
  /** How long the callers call, and longer where an outage has not been recovered from. */
  readonly lastsMs: number;
  /** How long the endpoint is down. */
  readonly outageMs: number;
}

/** What became of it. */
export interface ServedResult extends Counts {
  readonly attempts: number;
  /** How many attempts the budget allows. */
  readonly mostAttempts: number;
  /** How long after the outage there was a new token, and how long that may take; 0 where there was none. */
  readonly recoveredAfterMs: number;
  readonly allowedMs: number;
}

const { endpoint, lastsMs, outageMs } = inputOf<ServedInput>();
const { emulator, ledger, call } = await startServed();
const startedAt = performance.now();
let over = false;
const calling = runCallers(call, ledger, () => over);
if (endpoint === 'stumbling') await emulator.order({ order: 'fail', faults: RANDOM_FAILURES });
const trouble = endpoint === 'well' ? undefined : await outage(endpoint, outageMs, emulator, ledger);
await sleep(Math.max(0, lastsMs - (performance.now() - startedAt)));
over = true;
await calling;
const mostAttempts = ledger.mostAttempts(performance.now() - startedAt);
const { recoveredAfterMs = 0, allowedMs = 0 } = trouble ?? {};
const result: ServedResult = {
  ...ledger.counts,
  ...{ attempts: ledger.attempts, mostAttempts, recoveredAfterMs, allowedMs },
};
emulator[Symbol.dispose]();
report(result);
