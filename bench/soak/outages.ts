/** The trouble of a soak: random failures, an outage shorter than a token's life, and a longer one. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from 'credence/testing';
import type { Ledger } from './ledger.js';
import type { RemoteEmulator } from './remote-emulator.js';

/** How one outage went. */
export interface Outage {
  readonly name: string;
  readonly lastedMs: number;
  /** From the end of the outage to the first new token. */
  readonly recoveredAfterMs: number;
  /** The longest that this may have taken: until the attempt that was due next, and its answer. */
  readonly allowedMs: number;
}

/** One request in five fails. */
export const RANDOM_FAILURES: readonly { readonly probability: number; readonly fault: Fault }[] = [
  { probability: 0.1, fault: { status: 503 } },
  { probability: 0.06, fault: { reset: 'before' } },
  { probability: 0.05, fault: { reset: 'after' } },
];

/** An attempt, its connection, and a machine that is busy with other things. */
const ANSWER_MS = 750;
/** The longest wait between the attempts of one flight. */
const BACKOFF_MS = 1_000;
/** Hold-offs after expiry end by then, whatever happened. */
const LONGEST_STEP_MS = 30_000;
const POLL_MS = 5;

/** Lets the endpoint go away for a while, right after a mint, and waits until there is a new token again. */
export async function outage(name: string, lastsMs: number, emulator: RemoteEmulator, ledger: Ledger): Promise<Outage> {
  for (const { mints } = ledger; ledger.mints === mints;) await sleep(POLL_MS);
  await emulator.order({ order: 'outage', on: true });
  const beganAt = performance.now();
  await sleep(lastsMs);
  // By chance alone an attempt after the outage might fail, which would be no fault of the hold-off.
  await emulator.order({ order: 'fail', faults: [] });
  await emulator.order({ order: 'outage', on: false });
  const endedAt = performance.now();
  const stepMs = await stepAfter(ledger);
  while (ledger.lastMintAt < endedAt && performance.now() < endedAt + 2 * LONGEST_STEP_MS) await sleep(POLL_MS);
  await emulator.order({ order: 'fail', faults: RANDOM_FAILURES });
  const recoveredAfterMs = ledger.lastMintAt < endedAt ? Infinity : ledger.lastMintAt - endedAt;
  return { name, lastedMs: endedAt - beganAt, recoveredAfterMs, allowedMs: stepMs + ANSWER_MS };
}

/** A held token is replaced before it dies; without one, the callers were told when the next attempt is due. */
async function stepAfter(ledger: Ledger): Promise<number> {
  await sleep(POLL_MS);
  if (ledger.hasUsableToken) return ledger.usableForMs;
  return Math.max(BACKOFF_MS, (ledger.nextAttemptAt ?? 0) - Date.now());
}
