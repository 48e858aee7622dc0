/**
 * Finds secrets in what somebody else said: as they are, in other letters, escaped, in base64 or in hex, in part, and cut up by spaces,
 * dashes or whatever else is neither a letter nor a digit. Any eight characters in a row betray a secret, unless they are part of a word
 * that everybody knows; where they are cut up, eight letters and digits that nothing parts in the secret itself. What is turned about,
 * encoded twice in base64, or shown in pieces with something left out between them is not found.
 */
import { toBase64url } from './base64url.js';
import { PUBLIC_WORDS } from './public-words.js';
import { readingsOf } from './unescaped.js';

/** So many characters of a secret in a row are an echo. Shorter secrets are not looked for: see `quotable.ts`. */
export const ECHO_LENGTH = 8;

/** Controls, invisible marks and separators. */
export const UNPRINTABLE: RegExp = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const NO_LETTER = /[^\p{L}\p{N}]+/gu;

/** Depending on what stands before it, a text has one of three spellings in base64. */
const ALIGNMENTS = ['', ' ', '  '];

/** A way to compare what was said with a secret. */
interface Look {
  readonly said: (text: string) => readonly string[];
  readonly spelt: (text: string) => readonly string[];
}

const LOOKS: readonly Look[] = [
  { said: folded, spelt: folded },
  // Words that stand in a secret and in a sentence alike are parted in both.
  { said: joined, spelt: unparted },
];

/** Whether the text holds eight characters in a row of one of the secrets, however they are written. */
export function echoesSecret(text: string, secrets: readonly (string | undefined)[]): boolean {
  const long = secrets.filter((secret) => secret !== undefined && secret.length >= ECHO_LENGTH);
  if (long.length === 0 || text.length < ECHO_LENGTH) return false;
  const readings = readingsOf(text);
  // What is escaped in so many ways hides something.
  if (readings === undefined) return true;
  const spellings = long.flatMap(spellingsOf);
  return LOOKS.some((look) => isFound(spellings, readings, look));
}

function isFound(spellings: readonly string[], readings: readonly string[], look: Look): boolean {
  const said = [...new Set(readings.flatMap(look.said))];
  const windows = new Set(said.flatMap(windowsOf));
  const known = new Set(PUBLIC_WORDS.flatMap(look.said).flatMap(windowsOf));
  const spelt = [...new Set(spellings.flatMap(look.spelt))].filter((spelling) => spelling.length >= ECHO_LENGTH);
  return spelt.some(
    (spelling) =>
      windowsOf(spelling).some((window) => windows.has(window) && !known.has(window)) ||
      (look.said === folded && said.some((text) => text.includes(spelling))),
  );
}

/** As it is, as a form holds it, in hex, and in base64, where the secret of a client follows its id and a colon (RFC 6749 §2.3.1). */
function spellingsOf(secret = ''): readonly string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const encoded = [secret, form].flatMap((text) => ALIGNMENTS.map((before) => toBase64url(before + text)));
  return [secret, secret.replaceAll(' ', '+'), hexOf(secret), ...encoded];
}

function hexOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** In one case, one width and one alphabet of base64, once without what cannot be seen and once with a space in its place. */
function folded(text: string): readonly string[] {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('-', '+').replaceAll('_', '/');
  return [plain.replace(UNPRINTABLE, ''), plain.replace(UNPRINTABLE, ' ').trim()];
}

/** The letters and digits alone. */
function joined(text: string): readonly string[] {
  return [unparted(text).join('')];
}

/** The letters and digits that nothing parts. */
function unparted(text: string): readonly string[] {
  return text.normalize('NFKC').toLowerCase().split(NO_LETTER);
}

function windowsOf(text: string): readonly string[] {
  const count = Math.max(0, text.length - ECHO_LENGTH + 1);
  return Array.from({ length: count }, (_none, start) => text.slice(start, start + ECHO_LENGTH));
}
