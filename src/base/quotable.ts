/** Makes what somebody else said fit to stand in an error of ours: short, printable, and without secrets. */
import { ECHO_LENGTH, echoesSecret, UNPRINTABLE } from './secret-echo.js';

/** Stands for a text that held part of a secret, or a secret in disguise. */
export const WITHHELD = '[withheld: it echoed a secret]';

/** Longest text that is quoted, in characters. */
const MAX_LENGTH = 300;
/** So much is looked at, so that a secret which begins in what is quoted is seen well beyond its eighth character. */
const MAX_SEEN = 2 * MAX_LENGTH;
/** A shorter secret stands in ordinary words; it is masked where it is a word by itself. */
const MIN_PART_OF_WORD = 4;
const WORD = /[\p{L}\p{N}]/u;

/**
 * The text without control characters, cut at 300 characters; `undefined` where nothing is left. A secret that it quotes literally is
 * masked; where it holds any other trace of one, all of it is withheld.
 * @param secrets What the speaker was told in confidence.
 */
export function quotable(text: string, secrets: readonly (string | undefined)[] = []): string | undefined {
  const seen = masked(text.slice(0, MAX_SEEN), secrets.filter(isLong));
  if (echoesSecret(seen, secrets)) return WITHHELD;
  // Short ones last: masked inside a long one, they would hide it from the look for echoes.
  const rest = secrets.filter((secret) => !isLong(secret));
  const shown = masked(printable(seen), rest).trim();
  if (shown === '') return undefined;
  const isWhole = shown.length <= MAX_LENGTH && text.length <= MAX_SEEN;
  return isWhole ? shown : `${shown.slice(0, MAX_LENGTH)}…`;
}

function isLong(secret = ''): boolean {
  return printable(secret).trim().length >= ECHO_LENGTH;
}

function masked(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets.reduce<string>(withoutSecret, text);
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}

function withoutSecret(text: string, secret = ''): string {
  const bare = printable(secret).trim();
  if (bare === '') return text;
  const isPart = bare.length >= MIN_PART_OF_WORD;
  return spellingsOf(secret.trim()).reduce(
    (rest, spelling) =>
      rest.replaceAll(spelling, (found, at: number) =>
        isPart || isWord(rest, at, found.length) ? '[redacted]' : found,
      ),
    text,
  );
}

/** As it is, as a printable text shows it, as the form of the request held it, and percent-encoded. */
function spellingsOf(secret: string): readonly string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  // What was read from the form is well-formed, where `encodeURIComponent` would throw for half a surrogate pair.
  const sent = new URLSearchParams(`=${form}`).get('') ?? secret;
  return [...new Set([secret, printable(secret).trim(), form, encodeURIComponent(sent)])];
}

function isWord(text: string, at: number, length: number): boolean {
  return !WORD.test(text.charAt(at - 1)) && !WORD.test(text.charAt(at + length));
}
