/** The fresh path: what every request pays. */
import { inChildren } from '../measure/child.js';
import type { Timings } from '../measure/interleave.js';
import type { Scale } from '../measure/scale.js';
import { median, medianRatio } from '../measure/statistics.js';
import { amountFigure, ratioFigure, type Amount, type Bar, type Figure, type Row } from '../report/figure.js';

type Who = 'ours' | 'floor' | 'incumbent';

interface Fresh {
  readonly ns: Partial<Timings<Who>>;
  readonly bytes?: Partial<Record<Who, number>>;
}

const FLOOR_S = 'clock, check, one property (floor S)';
const FLOOR_A = 'the same, awaited (floor A)';
const FLOOR_HEADERS = 'Headers.set and one await';
const INCUMBENT = 'google-auth-library getRequestHeaders';
/** Weighing the heap is exact to a few bytes over so many calls. */
const NO_BYTES: Bar = { atMost: 1 };

/** The rows of the fresh path. */
export function freshRows(scale: Scale): readonly Row[] {
  const run = (name: string): Promise<Fresh[]> => inChildren<Fresh>(scale.processes, name, scale);
  return [
    { name: 'try-apply', measure: async () => tryApply(await run('try-apply')) },
    { name: 'before-request', measure: async () => beforeRequest(await run('before-request')) },
    { name: 'before-request-headers', measure: async () => onHeaders(await run('before-request-headers')) },
  ];
}

function tryApply(runs: readonly Fresh[]): Figure[] {
  const what = 'tryApply, plain object';
  return [
    besideFloor(what, runs, FLOOR_S, { atMost: 1.3 }),
    extraBytes(`${what}: bytes over the floor`, runs, FLOOR_S),
  ];
}

function beforeRequest(runs: readonly Fresh[]): Figure[] {
  const what = 'beforeRequest awaited, plain object';
  return [
    besideFloor(what, runs, FLOOR_A, { atMost: 1.2 }),
    besideIncumbent(`${what}: times faster`, runs, { atLeast: 8 }),
    extraBytes(`${what}: bytes over the floor`, runs, FLOOR_A),
  ];
}

function onHeaders(runs: readonly Fresh[]): Figure[] {
  const what = 'beforeRequest awaited, Headers';
  return [besideFloor(what, runs, FLOOR_HEADERS, { atMost: 1.3 }), besideIncumbent(`${what}: times faster`, runs)];
}

function besideFloor(what: string, runs: readonly Fresh[], name: string, bar: Bar): Figure {
  const [ours, floor] = [rounds(runs, 'ours'), rounds(runs, 'floor')];
  return ratioFigure(what, ns(ours), { ...ns(floor), name }, { ratio: medianRatio(ours, floor), bar });
}

function besideIncumbent(what: string, runs: readonly Fresh[], bar?: Bar): Figure {
  const [ours, theirs] = [rounds(runs, 'ours'), rounds(runs, 'incumbent')];
  const options = { ratio: medianRatio(theirs, ours), ...(bar === undefined ? {} : { bar }) };
  return ratioFigure(what, ns(ours), { ...ns(theirs), name: INCUMBENT }, options);
}

function extraBytes(what: string, runs: readonly Fresh[], name: string): Figure {
  const bytes = (who: Who): number => median(runs.map((run) => run.bytes?.[who] ?? NaN));
  const [ours, floor] = [bytes('ours'), bytes('floor')];
  const figure = amountFigure(what, { value: ours, unit: 'B' }, { value: floor, unit: 'B', name }, NO_BYTES);
  return { ...figure, score: { value: ours - floor, unit: 'B' } };
}

function rounds(runs: readonly Fresh[], who: Who): number[] {
  return runs.flatMap((run) => run.ns[who] ?? []);
}

function ns(values: readonly number[]): Amount {
  return { value: median(values), unit: 'ns' };
}
