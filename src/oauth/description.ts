/** Makes what a server said fit for an error message: short, printable, and without this request's secrets. */

/** Longest description that is kept, in characters. */
const MAX_LENGTH = 300;
/** Shorter secrets would match ordinary words. */
const MIN_SECRET_LENGTH = 6;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const ERROR_WORD = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

/** The description without control characters and secrets, capped at 300 characters; `undefined` where nothing is left. */
export function sanitize(text: string | undefined, secrets: readonly (string | undefined)[]): string | undefined {
  if (text === undefined) return undefined;
  // A secret that was cut up by control characters is whole again without them.
  const whole = text.replace(UNPRINTABLE, '');
  const isCutUp =
    secrets.reduce<string>(mask, whole) !== whole && secrets.reduce<string>(mask, printable(text)) === printable(text);
  const masked = secrets.reduce<string>(mask, isCutUp ? whole : printable(text)).trim();
  if (masked === '') return undefined;
  return masked.length <= MAX_LENGTH ? masked : `${masked.slice(0, MAX_LENGTH)}…`;
}

/** An `error` word of RFC 6749 §5.2, or `undefined` where it is not one. */
export function errorWord(text: string | undefined, secrets: readonly (string | undefined)[]): string | undefined {
  return text !== undefined && ERROR_WORD.test(text) && sanitize(text, secrets) === text ? text : undefined;
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}

function mask(text: string, secret = ''): string {
  if (printable(secret).trim().length < MIN_SECRET_LENGTH) return text;
  return spellings(secret.trim()).reduce((masked, spelling) => masked.replaceAll(spelling, '[redacted]'), text);
}

/** As a printable text shows it, as the form of the request held it, and percent-encoded. */
function spellings(secret: string): readonly string[] {
  const formEncoded = new URLSearchParams([['', secret]]).toString().slice(1);
  // What was read from the form is well-formed, where `encodeURIComponent` would throw for half a surrogate pair.
  const sent = new URLSearchParams(`=${formEncoded}`).get('') ?? secret;
  return [printable(secret).trim(), formEncoded, encodeURIComponent(sent)];
}
