/** What it costs to begin: the import, and the way from a new process to its first headers. */
import { startEmulator } from 'credence/testing';
import { inChild } from '../measure/child.js';
import type { Scale } from '../measure/scale.js';
import { EMPTY_PACKAGE, makeScratch } from '../measure/scratch.js';
import { median, over } from '../measure/statistics.js';
import { amountFigure, ratioFigure, type Amount, type Bar, type Figure, type Row } from '../report/figure.js';

type Who = 'empty' | 'ours' | 'incumbent';

const INCUMBENT = 'google-auth-library';
/** Nothing that a user's process would not have. */
const PLAIN = { flags: [] };

/** The rows of beginning. */
export function startRows(scale: Scale): readonly Row[] {
  return [
    { name: 'import', measure: () => importing(scale) },
    { name: 'start-file', measure: () => starting(scale, 'token valid in the file', true, { atMost: 0.25 }) },
    { name: 'start-mint', measure: () => starting(scale, 'one mint', false, { atMost: 0.6 }) },
  ];
}

async function importing({ starts }: Scale): Promise<Figure[]> {
  using scratch = makeScratch('import');
  const file = new URL('../cases/empty.js', import.meta.url).href;
  const modules: Record<Who | 'file', string> = { empty: EMPTY_PACKAGE, ours: 'credence', incumbent: INCUMBENT, file };
  const options = { ...PLAIN, program: scratch.program };
  const time = (who: Who | 'file'): Promise<number> => inChild<number>('import', modules[who], options);
  const times = await inTurns(['empty', 'ours', 'incumbent', 'file'], starts, time);
  const line = (what: string, floor: 'empty' | 'file', bar?: Bar): Figure => {
    const [ours, theirs] = [ms(over(times.ours, times[floor])), ms(over(times.incumbent, times[floor]))];
    return amountFigure(what, ours, { ...theirs, name: INCUMBENT }, bar);
  };
  return [
    line('import, over an empty module in a package of its own', 'empty', { atMost: 3 }),
    line('import, over an empty module beside the program', 'file'),
  ];
}

async function starting({ starts }: Scale, what: string, withToken: boolean, bar: Bar): Promise<Figure[]> {
  await using emulator = await startEmulator();
  const { path } = await emulator.authorizedUser({ withToken });
  const times = await inTurns(['empty', 'ours', 'incumbent'], starts, (who) =>
    inChild<number>(`start-${who}`, path, PLAIN),
  );
  const [ours, incumbent] = [ms(over(times.ours, times.empty)), ms(over(times.incumbent, times.empty))];
  return [
    ratioFigure(
      `process start to first headers, over an empty process: ${what}`,
      ours,
      { ...incumbent, name: INCUMBENT },
      { bar },
    ),
  ];
}

async function inTurns<Name extends string>(
  names: readonly Name[],
  times: number,
  run: (name: Name) => Promise<number>,
): Promise<Record<Name, number[]>> {
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  // The first of each only warms the caches of the machine.
  for (let time = -1; time < times; time += 1) {
    for (const name of names) {
      const took = await run(name);
      if (time >= 0) results[name].push(took);
    }
  }
  return results;
}

function ms(values: readonly number[]): Amount {
  return { value: median(values), unit: 'ms' };
}
