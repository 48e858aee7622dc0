/** The token server: what a fetch costs, and a hundred thousand names. */
import type { ManyNames } from '../cases/many-names.js';
import { inChild, inChildren } from '../measure/child.js';
import type { Timings } from '../measure/interleave.js';
import type { Scale } from '../measure/scale.js';
import { median, medianRatio } from '../measure/statistics.js';
import { amountFigure, ratioFigure, type Amount, type Figure, type Row } from '../report/figure.js';

interface Fetched {
  readonly ns: Timings<'floor' | 'ours'>;
  readonly requests: number;
}

const FETCH = 'TokenServer.fetch(name), valid token';
const FLOOR_A = 'clock, check, one property, awaited (floor A)';
const MOST_BYTES = 1_024;
const LONGEST_HOLD_MS = 50;
const NS_PER_MS = 1e6;

/** The rows of the token server. */
export function serverRows(scale: Scale): readonly Row[] {
  return [
    {
      name: 'server-fetch',
      measure: async () => fetching(await inChildren<Fetched>(scale.processes, 'server-fetch', scale)),
    },
    { name: 'many-names', measure: () => manyNames(scale) },
  ];
}

function fetching(runs: readonly Fetched[]): Figure[] {
  const [ours, floor] = [runs.flatMap(({ ns }) => ns.ours), runs.flatMap(({ ns }) => ns.floor)];
  const requests = runs.reduce((sum, run) => sum + run.requests, 0);
  return [
    ratioFigure(
      FETCH,
      { value: median(ours), unit: 'ns' },
      { value: median(floor), unit: 'ns', name: FLOOR_A },
      { ratio: medianRatio(ours, floor), bar: { atMost: 1.5 } },
    ),
    amountFigure(`${FETCH}: token requests`, count(requests), { ...count(0), name: 'none' }, { exactly: 0 }),
  ];
}

async function manyNames({ names }: Scale): Promise<Figure[]> {
  const flags = ['--expose-gc'];
  const seen = await inChild<ManyNames>('many-names', { names }, { flags });
  const what = `${names.toLocaleString('en')} named tokens`;
  const each = { ...count(names), name: 'names' };
  const line = (about: string, ours: Amount, bar?: Figure['bar']): Figure =>
    amountFigure(`${what}: ${about}`, ours, each, bar);
  return [
    line('timers', count(seen.timers), { exactly: 1 }),
    line('memory of each, beyond its credentials', { value: seen.bytes, unit: 'B' }, { atMost: MOST_BYTES }),
    line('start of all', ms(seen.startMs)),
    line('one tick with nothing due', { value: seen.tickMs * NS_PER_MS, unit: 'ns' }),
    line('all ended at once: until all are fresh', ms(seen.recoveryMs)),
    line('all ended at once: event loop held, at the longest', ms(seen.heldMs), { atMost: LONGEST_HOLD_MS }),
    line('all ended at once: refreshes of each', count(seen.refreshes), { exactly: 1 }),
  ];
}

function count(value: number): Amount {
  return { value, unit: '' };
}

function ms(value: number): Amount {
  return { value, unit: 'ms' };
}
