/** One party of a soak: its callers, its trouble, and what must never have happened to it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCallers, type Call } from './callers.js';
import type { Ledger } from './ledger.js';
import { outage, RANDOM_FAILURES, type Outage } from './outages.js';
import type { RemoteEmulator } from './remote-emulator.js';

/** Who is soaked, with a token held. */
export interface Party extends AsyncDisposable {
  readonly name: string;
  readonly emulator: RemoteEmulator;
  readonly ledger: Ledger;
  /** Gets a token and shows it to the ledger; each call may do so in another way. */
  readonly call: Call;
}

/** How long tokens live. */
export const LIFETIME_MS = 2_000;
/** How long the endpoint takes. */
export const LATENCY_MS = 50;
const REPORT_EVERY_MS = 5_000;
const NS_PER_MS = 1e6;
/** A short run has no room for the longer outage and the step that follows it. */
const SHORT_MS = 30_000;

/** Soaks a party, and gives what went wrong. */
export async function soak(party: Party, wholeMs: number): Promise<string[]> {
  const { name, emulator, ledger, call } = party;
  await using _ = party;
  await emulator.order({ order: 'fail', faults: RANDOM_FAILURES });
  const beganAt = performance.now();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  let over = false;
  const line = (): void => console.log(lineOf(name, ledger, performance.now() - beganAt, loop.max / NS_PER_MS));
  const reporting = setInterval(line, REPORT_EVERY_MS);
  const calling = runCallers(call, ledger, () => over);
  const outages = await trouble(party, wholeMs);
  over = true;
  await calling;
  clearInterval(reporting);
  line();
  for (const each of outages) console.log(`${name}: ${outageLine(each)}`);
  return [...faultsOf(ledger, wholeMs), ...outages.flatMap(checkRecovery)].map((fault) => `${name}: ${fault}`);
}

async function trouble({ emulator, ledger }: Party, wholeMs: number): Promise<Outage[]> {
  const beganAt = performance.now();
  const isShort = wholeMs < SHORT_MS;
  const outages: Outage[] = [];
  await sleep(isShort ? 0 : wholeMs * 0.2);
  outages.push(await outage('shorter than a token lives', LIFETIME_MS * (isShort ? 0.6 : 0.9), emulator, ledger));
  await sleep(isShort ? 0 : wholeMs * 0.2);
  if (!isShort) outages.push(await outage('longer than a token lives', LIFETIME_MS * 4, emulator, ledger));
  await sleep(Math.max(0, wholeMs - (performance.now() - beganAt)));
  return outages;
}

function faultsOf(ledger: Ledger, wholeMs: number): string[] {
  const { counts, attempts } = ledger;
  const most = ledger.mostAttempts(wholeMs);
  return [
    ...check('dead tokens handed out', counts.dead),
    ...check('errors while a usable token was held', counts.needlessErrors),
    ...check('callers who waited while a usable token was held', counts.waits),
    ...check('errors at once that did not say when the next attempt is', counts.muteErrors),
    ...(attempts <= most ? [] : [`${attempts} attempts, ${most} allowed`]),
  ];
}

function lineOf(name: string, ledger: Ledger, passedMs: number, loopMs: number): string {
  const { served, dead, needlessErrors, errors, waits, longestWaitMs } = ledger.counts;
  const at = `${(passedMs / 1000).toFixed(1)} s`.padStart(7);
  const tokens = `${ledger.mints} mints of ${ledger.attempts} attempts`;
  const slowest = `${waits} waits with a token, longest ${longestWaitMs.toFixed(1)} ms (loop held ${loopMs.toFixed(1)} ms)`;
  return `${at}  ${name}: ${served.toLocaleString('en')} served, ${tokens}, ${dead} dead, ${needlessErrors} needless errors, ${errors} errors without a token, ${slowest}`;
}

function check(name: string, count: number): string[] {
  return count === 0 ? [] : [`${count} ${name}`];
}

function checkRecovery({ name, recoveredAfterMs, allowedMs }: Outage): string[] {
  return recoveredAfterMs <= allowedMs
    ? []
    : [`the outage ${name} was recovered from ${(recoveredAfterMs - allowedMs).toFixed(0)} ms too late`];
}

function outageLine({ name, lastedMs, recoveredAfterMs, allowedMs }: Outage): string {
  return `outage ${name}: ${lastedMs.toFixed(0)} ms; a new token ${recoveredAfterMs.toFixed(0)} ms after its end, ${allowedMs.toFixed(0)} ms allowed`;
}
