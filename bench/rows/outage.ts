/** A stale token while its endpoint is down: nobody may notice. */
import { startEmulator, type Emulator } from 'credence/testing';
import type { OutageInput, OutageResult } from '../cases/outage.js';
import { inChild } from '../measure/child.js';
import type { Scale } from '../measure/scale.js';
import { amountFigure, type Amount, type Figure, type Row } from '../report/figure.js';

const INCUMBENT = 'google-auth-library';
/** The shortest hold-off. */
const SHORTEST_STEP_MS = 50;

type Results = Record<OutageInput['library'], OutageResult>;

/** The rows of an endpoint that refuses, and of one that hangs. */
export function outageRows(scale: Scale): readonly Row[] {
  return [
    {
      name: 'stale-refusing',
      measure: async () => figures('refusing', await outage(scale, (emulator) => emulator.outage(true))),
    },
    { name: 'stale-hanging', measure: async () => figures('hanging', await outage(scale, hang)) },
  ];
}

async function hang(emulator: Emulator): Promise<void> {
  emulator.faults.always('token', { hang: true });
}

async function outage({ outageMs }: Scale, begin: (emulator: Emulator) => Promise<void>): Promise<Results> {
  await using emulator = await startEmulator();
  const { info } = await emulator.authorizedUser();
  await begin(emulator);
  const run = (library: OutageInput['library']): Promise<OutageResult> =>
    inChild<OutageResult>('outage', { info, library, outageMs }, { flags: [] });
  return { ours: await run('ours'), incumbent: await run('incumbent') };
}

function figures(how: string, { ours, incumbent }: Results): Figure[] {
  const what = `stale token, endpoint ${how}`;
  const count = (key: 'errors' | 'waiters' | 'unhandled'): Figure =>
    amountFigure(
      `${what}: ${NAMES[key]}`,
      amount(ours[key]),
      { ...amount(incumbent[key]), name: `${INCUMBENT}, of ${incumbent.calls}` },
      { exactly: 0 },
    );
  const longest = { ...amount(incumbent.longestWaitMs, 'ms'), name: INCUMBENT };
  return [
    count('errors'),
    count('waiters'),
    count('unhandled'),
    amountFigure(`${what}: longest wait of a caller`, amount(ours.longestWaitMs, 'ms'), longest),
    ...spacing(what, ours),
  ];
}

const NAMES = { errors: 'errors', waiters: 'callers who wait', unhandled: 'unhandled rejections' } as const;

/** An endpoint that hangs holds its one attempt for longer than this row lasts. */
function spacing(what: string, { attempts, shortestGapMs }: OutageResult): Figure[] {
  const attempted = { ...amount(attempts), name: 'attempts' };
  if (shortestGapMs === null)
    return [
      amountFigure(`${what}: attempts`, amount(attempts), { ...amount(1), name: 'attempt at a time' }, { exactly: 1 }),
    ];
  return [
    amountFigure(`${what}: shortest time between attempts`, amount(shortestGapMs, 'ms'), attempted, {
      atLeast: SHORTEST_STEP_MS,
    }),
  ];
}

function amount(value: number, unit: Amount['unit'] = ''): Amount {
  return { value, unit };
}
