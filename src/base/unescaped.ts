/** Reads the escapes that a text may be written in: percent, JSON and HTML, in any order and however often. Pure. */

/** Nobody escapes a text in so many ways by accident. */
const MOST_READINGS = 64;

const PERCENT = /(?:%[0-9a-f]{2})+/gi;
const BACKSLASH = /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([bfnrtv])|([^\sa-z0-9]))/gi;
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['apos', "'"],
  ['equals', '='],
  ['gt', '>'],
  ['lowbar', '_'],
  ['lt', '<'],
  ['nbsp', ' '],
  ['percnt', '%'],
  ['plus', '+'],
  ['quot', '"'],
  ['sol', '/'],
]);
const MAX_CODE_POINT = 0x10ffff;

/**
 * Every reading of the text, itself first: with one kind of escape read or several, once or again. Undefined where there are
 * more of them than a text has that means well.
 */
export function readingsOf(text: string): readonly string[] | undefined {
  const readings = new Set([text]);
  // What is added to a set while it is walked through is walked through too.
  for (const reading of readings) {
    for (const read of [percentRead, backslashesRead, entitiesRead]) readings.add(read(reading));
    if (readings.size > MOST_READINGS) return undefined;
  }
  return [...readings];
}

function percentRead(text: string): string {
  return text.replace(PERCENT, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      // It is no UTF-8: each byte counts as a character.
      return run.replace(/%(..)/g, (_byte, hex: string) => characterOf(hex, 16));
    }
  });
}

function backslashesRead(text: string): string {
  return text.replace(BACKSLASH, (_escape, unit?: string, byte?: string, letter?: string, itself?: string) => {
    if (letter !== undefined) return '\n';
    return itself ?? characterOf(unit ?? byte, 16);
  });
}

function entitiesRead(text: string): string {
  return text.replace(ENTITY, (entity: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? entity;
    return hex === undefined ? characterOf(decimal, 10) : characterOf(hex, 16);
  });
}

function characterOf(digits: string | undefined, radix: number): string {
  return String.fromCodePoint(Math.min(parseInt(digits ?? '0', radix), MAX_CODE_POINT));
}
