/**
 * Finds secrets in what somebody else said: as they are, in other letters, escaped, in base64, cut up, or in part. Any eight
 * characters in a row betray a secret, unless they are part of a word that everybody knows.
 */
import { toBase64url } from './base64url.js';
import { PUBLIC_WORDS } from './public-words.js';
import { readingsOf } from './unescaped.js';

/** So many characters of a secret in a row are an echo. Shorter secrets are not looked for: see `quotable.ts`. */
export const ECHO_LENGTH = 8;

/** Controls, invisible marks and separators. */
export const UNPRINTABLE: RegExp = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Depending on what stands before it, a text has one of three spellings in base64. */
const ALIGNMENTS = ['', ' ', '  '];

let publicWindows: ReadonlySet<string> | undefined;

/** Whether the text holds eight characters in a row of one of the secrets, however they are written. */
export function echoesSecret(text: string, secrets: readonly (string | undefined)[]): boolean {
  const long = secrets.filter((secret) => secret !== undefined && secret.length >= ECHO_LENGTH);
  if (long.length === 0 || text.length < ECHO_LENGTH) return false;
  const readings = readingsOf(text);
  // What is escaped in so many ways hides something.
  if (readings === undefined) return true;
  const said = [...new Set(readings.flatMap(folded))];
  const windows = new Set(said.flatMap(windowsOf));
  return long.flatMap(spellingsOf).some((spelling) => isFound(spelling, said, windows));
}

function isFound(spelling: string, said: readonly string[], windows: ReadonlySet<string>): boolean {
  publicWindows ??= new Set(PUBLIC_WORDS.flatMap(folded).flatMap(windowsOf));
  const known = publicWindows;
  return (
    windowsOf(spelling).some((window) => windows.has(window) && !known.has(window)) ||
    said.some((text) => text.includes(spelling))
  );
}

/** As it is, as a form holds it, and in base64, where the secret of a client follows its id and a colon (RFC 6749 §2.3.1). */
function spellingsOf(secret = ''): readonly string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const encoded = [secret, form].flatMap((text) => ALIGNMENTS.map((before) => toBase64url(before + text)));
  const spellings = [secret, secret.replaceAll(' ', '+'), ...encoded].flatMap(folded);
  return [...new Set(spellings)].filter((spelling) => spelling.length >= ECHO_LENGTH);
}

/** In one case and in one alphabet of base64, once without what cannot be seen and once with a space in its place. */
function folded(text: string): readonly string[] {
  const plain = text.toLowerCase().replaceAll('-', '+').replaceAll('_', '/');
  return [plain.replace(UNPRINTABLE, ''), plain.replace(UNPRINTABLE, ' ').trim()];
}

function windowsOf(text: string): readonly string[] {
  const count = Math.max(0, text.length - ECHO_LENGTH + 1);
  return Array.from({ length: count }, (_none, start) => text.slice(start, start + ECHO_LENGTH));
}
