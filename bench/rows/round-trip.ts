/** A token's way from its endpoint, over a connection that is kept. */
import { NOBODY } from '../cases/fixtures.js';
import { keepAwake } from '../measure/awake.js';
import { inChildren } from '../measure/child.js';
import type { Timings } from '../measure/interleave.js';
import { startPlainEndpoint } from '../measure/plain-endpoint.js';
import type { Scale } from '../measure/scale.js';
import { median, medianRatio } from '../measure/statistics.js';
import { ratioFigure, type Amount, type Figure, type Row } from '../report/figure.js';

type Who = 'floor' | 'ours' | 'incumbent';

const WHAT = 'token round trip, connection kept, processors awake';
const NS_PER_US = 1e3;

/** The row of the round trip. */
export function roundTripRows(scale: Scale): readonly Row[] {
  return [{ name: 'round-trip', measure: () => roundTrip(scale) }];
}

async function roundTrip({ processes, rounds, trips }: Scale): Promise<Figure[]> {
  using _awake = keepAwake();
  using endpoint = await startPlainEndpoint();
  const info = { ...NOBODY, token_uri: endpoint.tokenUri };
  const runs = await inChildren<Timings<Who>>(
    processes,
    'round-trip',
    { info, rounds, calls: trips, warmUpRounds: rounds },
    { flags: [] },
  );
  const of = (who: Who): number[] => runs.flatMap((run) => run[who]);
  const [ours, incumbent, floor] = [of('ours'), of('incumbent'), of('floor')];
  return [
    ratioFigure(
      WHAT,
      us(ours),
      { ...us(incumbent), name: 'google-auth-library' },
      { ratio: medianRatio(ours, incumbent), bar: { atMost: 0.4 } },
    ),
    ratioFigure(WHAT, us(ours), { ...us(floor), name: 'node:http alone' }, { ratio: medianRatio(ours, floor) }),
  ];
}

function us(values: readonly number[]): Amount {
  return { value: median(values) / NS_PER_US, unit: 'µs' };
}
