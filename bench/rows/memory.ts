/** What a credential with its token weighs. */
import { inChild } from '../measure/child.js';
import type { Scale } from '../measure/scale.js';
import { ratioFigure, type Amount, type Figure, type Row } from '../report/figure.js';

const WHAT = 'memory of a credential with its token and refresh token';

/** The row of memory. */
export function memoryRows(scale: Scale): readonly Row[] {
  return [{ name: 'memory', measure: () => memory(scale) }];
}

async function memory({ objects }: Scale): Promise<Figure[]> {
  const weigh = async (who: string): Promise<Amount> => ({
    value: await inChild<number>('memory', { who, objects }),
    unit: 'B',
  });
  const ours = await weigh('ours');
  return [
    ratioFigure(WHAT, ours, { ...(await weigh('incumbent')), name: 'google-auth-library' }, { bar: { atMost: 0.5 } }),
    ratioFigure(WHAT, ours, { ...(await weigh('floor')), name: 'token, refresh token and expiry alone' }),
  ];
}
