/** Every row of the benchmark. */
import type { Scale } from '../measure/scale.js';
import type { Row } from '../report/figure.js';
import { freshRows } from './fresh.js';
import { memoryRows } from './memory.js';
import { outageRows } from './outage.js';
import { roundTripRows } from './round-trip.js';
import { servedRows } from './served.js';
import { serverRows } from './server.js';
import { serviceAccountRows } from './service-account.js';
import { sourceRows } from './sources.js';
import { startRows } from './start.js';
import { stormRows } from './storm.js';

/** The rows in the order in which they are printed. */
export function allRows(scale: Scale): readonly Row[] {
  const groups = [
    freshRows,
    stormRows,
    outageRows,
    startRows,
    roundTripRows,
    memoryRows,
    serviceAccountRows,
    sourceRows,
    serverRows,
    servedRows,
  ];
  return groups.flatMap((rows) => rows(scale));
}
