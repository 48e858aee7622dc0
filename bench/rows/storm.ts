/** Many callers at once: how often the token endpoint is asked, and who waits for it. */
import { startEmulator, type Emulator } from 'credence/testing';
import type { StormInput, StormResult } from '../cases/storm.js';
import { inChild } from '../measure/child.js';
import type { Scale } from '../measure/scale.js';
import { median } from '../measure/statistics.js';
import { amountFigure, ratioFigure, type Amount, type Figure, type Row } from '../report/figure.js';

const LATENCY_MS = 50;
const WARM_UP_MINTS = 1;
const INCUMBENT = 'google-auth-library';

type Measured = StormResult & { readonly requests: number };
type Library = StormInput['library'];

/** The rows of many callers at once. */
export function stormRows(scale: Scale): readonly Row[] {
  return [
    { name: 'expired-storm', measure: async () => expiredFigures(await storms('expired', scale), scale) },
    { name: 'stale-storm', measure: async () => staleFigures(await storms('stale', scale), scale) },
  ];
}

async function storms(token: StormInput['token'], scale: Scale): Promise<Record<Library, Measured[]>> {
  await using emulator = await startEmulator({ latencyMs: LATENCY_MS });
  const runs: Record<Library, Measured[]> = { ours: [], incumbent: [] };
  for (let round = 0; round < scale.processes; round += 1) {
    for (const library of ['ours', 'incumbent'] as const)
      runs[library].push(await storm(emulator, { library, token, callers: scale.callers }));
  }
  return runs;
}

/** Only the emulator knows how often it was asked. */
async function storm(emulator: Emulator, what: Pick<StormInput, 'library' | 'token' | 'callers'>): Promise<Measured> {
  const { info } = await emulator.authorizedUser();
  emulator.requests.reset();
  const result = await inChild<StormResult>('storm', { ...what, info, latencyMs: LATENCY_MS }, { flags: [] });
  return { ...result, requests: emulator.requests.token - WARM_UP_MINTS };
}

function expiredFigures({ ours, incumbent }: Record<Library, Measured[]>, { callers }: Scale): Figure[] {
  const what = `${callers.toLocaleString('en')} callers, expired token, endpoint at 50 ms`;
  const latency = { ...ms([LATENCY_MS]), name: 'one answer of the endpoint' };
  return [
    amountFigure(
      `${what}: token requests`,
      most(ours, 'requests'),
      { ...most(incumbent, 'requests'), name: INCUMBENT },
      { exactly: 1 },
    ),
    ratioFigure(`${what}: elapsed`, ms(elapsed(ours)), latency, { bar: { atMost: 2 } }),
    ratioFigure(`${what}: elapsed`, ms(elapsed(ours)), { ...ms(elapsed(incumbent)), name: INCUMBENT }),
  ];
}

function staleFigures({ ours, incumbent }: Record<Library, Measured[]>, { callers }: Scale): Figure[] {
  const what = `${callers.toLocaleString('en')} callers, stale token, endpoint at 50 ms`;
  const besides = (key: 'requests' | 'waiters'): Amount & { name: string } => ({
    ...most(incumbent, key),
    name: INCUMBENT,
  });
  return [
    amountFigure(`${what}: token requests`, most(ours, 'requests'), besides('requests'), { exactly: 1 }),
    amountFigure(`${what}: callers who wait for it`, most(ours, 'waiters'), besides('waiters'), { exactly: 0 }),
    ratioFigure(`${what}: elapsed`, ms(elapsed(ours)), { ...ms(elapsed(incumbent)), name: INCUMBENT }),
  ];
}

/** Counts are exact: the worst run stands. */
function most(runs: readonly Measured[], key: 'requests' | 'waiters'): Amount {
  return { value: Math.max(...runs.map((run) => run[key])), unit: '' };
}

function elapsed(runs: readonly Measured[]): number[] {
  return runs.map((run) => run.elapsedMs);
}

function ms(values: readonly number[]): Amount {
  return { value: median(values), unit: 'ms' };
}
