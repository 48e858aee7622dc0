/** Two-second tokens under a token server, for a minute: who waits, what fails, and how an outage ends. */
import type { ServedInput, ServedResult } from '../cases/served.js';
import { inChild } from '../measure/child.js';
import type { Scale } from '../measure/scale.js';
import { amountFigure, type Amount, type Bar, type Figure, type Row } from '../report/figure.js';

const NONE: Bar = { exactly: 0 };

/** The rows of an endpoint that is well, one that stumbles, and one that is down past the end of all tokens. */
export function servedRows({ servedMs, shortOutageMs, longOutageMs }: Scale): readonly Row[] {
  const row = (endpoint: ServedInput['endpoint'], outageMs: number, figures: typeof wellFigures): Row => ({
    name: `served-${endpoint}`,
    measure: async () => {
      const input: ServedInput = { endpoint, lastsMs: endpoint === 'down' ? 0 : servedMs, outageMs };
      return figures(await inChild<ServedResult>('served', input, { flags: [] }));
    },
  });
  return [
    row('well', 0, wellFigures),
    row('stumbling', shortOutageMs, stumblingFigures),
    row('down', longOutageMs, downFigures),
  ];
}

function wellFigures({ waits, errors, needlessErrors, dead, served }: ServedResult): Figure[] {
  const line = liner('2 s tokens, callers at full speed', { ...count(served), name: 'calls' });
  return [
    line('callers who wait', count(waits), NONE),
    line('errors', count(errors + needlessErrors), NONE),
    line('dead tokens', count(dead), NONE),
  ];
}

function stumblingFigures(result: ServedResult): Figure[] {
  const { waits, errors, needlessErrors, served, attempts, mostAttempts } = result;
  const line = liner('the same, a fifth of requests failing, and down for a while', {
    ...count(served),
    name: 'calls',
  });
  return [
    line('callers who wait', count(waits), NONE),
    line('errors', count(errors + needlessErrors), NONE),
    line('attempts', count(attempts), { atMost: mostAttempts }),
  ];
}

function downFigures({ errors, muteErrors, needlessErrors, attempts, ...result }: ServedResult): Figure[] {
  const line = liner('the same, down past the end of the token', { ...count(errors), name: 'errors meanwhile' });
  return [
    line('errors that do not name the next attempt', count(muteErrors), NONE),
    line('errors with a usable token', count(needlessErrors), NONE),
    line('attempts', count(attempts), { atMost: result.mostAttempts }),
    line('until there is a token again', ms(result.recoveredAfterMs), { atMost: Math.round(result.allowedMs) }),
  ];
}

function liner(what: string, beside: Figure['beside']): (about: string, ours: Amount, bar: Bar) => Figure {
  return (about, ours, bar) => amountFigure(`${what}: ${about}`, ours, beside, bar);
}

function count(value: number): Amount {
  return { value, unit: '' };
}

function ms(value: number): Amount {
  return { value, unit: 'ms' };
}
