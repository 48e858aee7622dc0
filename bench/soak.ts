/**
 * `npm run soak`: real callers at full speed for a minute (`-- --seconds N`), against short tokens, rotation, random failures and two
 * outages. Its exit code is 1 where something happened that must never happen.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { UserCredentials } from 'credence';
import { runCallers } from './soak/callers.js';
import { Ledger } from './soak/ledger.js';
import { outage, RANDOM_FAILURES, type Outage } from './soak/outages.js';
import { startRemoteEmulator, type RemoteEmulator } from './soak/remote-emulator.js';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
if (!(seconds >= 3)) throw new TypeError('"--seconds" must be a number of at least 3');

const REPORT_EVERY_MS = 5_000;
const LATENCY_MS = 50;
const NS_PER_MS = 1e6;
const wholeMs = seconds * 1000;
const LIFETIME_MS = 2_000;
/** A short run has no room for the longer outage and the step that follows it. */
const isShort = seconds < 30;

const ledger = new Ledger();
const beganAt = performance.now();
let unhandled = 0;
process.on('unhandledRejection', () => (unhandled += 1));

using emulator = await startRemoteEmulator();
const settings = {
  accessTokenLifetimeMs: LIFETIME_MS,
  latencyMs: LATENCY_MS,
  rotateRefreshTokens: true,
  rotationGraceMs: 2 * wholeMs,
};
await emulator.order({ order: 'configure', settings });
const credentials = UserCredentials.fromAuthorizedUserInfo(emulator.info, undefined, { transport: ledger.transport() });
await credentials.refresh();
await emulator.order({ order: 'fail', faults: RANDOM_FAILURES });

const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
let over = false;
const reporting = setInterval(() => console.log(line()), REPORT_EVERY_MS);
const calling = runCallers(credentials, ledger, () => over);
const outages = await trouble(emulator);
over = true;
await calling;
clearInterval(reporting);
const worst = [
  ...check('dead tokens handed out', ledger.counts.dead),
  ...check('errors while a usable token was held', ledger.counts.needlessErrors),
  ...check('unhandled rejections', unhandled),
  ...outages.flatMap(checkRecovery),
];
console.log(line());
for (const each of outages) console.log(outageLine(each));
console.log(worst.length === 0 ? 'soak: passed' : `soak: FAILED: ${worst.join('; ')}`);
process.exitCode = worst.length === 0 ? 0 : 1;

async function trouble(remote: RemoteEmulator): Promise<Outage[]> {
  const outages: Outage[] = [];
  await sleep(isShort ? 0 : wholeMs * 0.2);
  outages.push(await outage('shorter than a token lives', LIFETIME_MS * (isShort ? 0.6 : 0.9), remote, ledger));
  await sleep(isShort ? 0 : wholeMs * 0.2);
  if (!isShort) outages.push(await outage('longer than a token lives', LIFETIME_MS * 4, remote, ledger));
  await sleep(Math.max(0, wholeMs - (performance.now() - beganAt)));
  return outages;
}

function line(): string {
  const { served, dead, needlessErrors, errors, longestWaitMs } = ledger.counts;
  const at = `${((performance.now() - beganAt) / 1000).toFixed(1)} s`.padStart(7);
  const tokens = `${ledger.mints} mints of ${ledger.attempts} attempts`;
  const waits = `longest wait with a token ${longestWaitMs.toFixed(1)} ms (loop held ${(loop.max / NS_PER_MS).toFixed(1)} ms)`;
  return `${at}  ${served.toLocaleString('en')} served, ${tokens}, ${dead} dead, ${needlessErrors} needless errors, ${errors} errors without a token, ${waits}`;
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
