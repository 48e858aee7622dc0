/** What a server says of its refusal (RFC 6749 §5.2), made fit for an error message. */
import { ERROR_WORDS } from '../base/public-words.js';
import { quotable } from '../base/quotable.js';

const ERROR_WORD = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

/** The description as it may be quoted: printable, without the request's secrets, capped; `undefined` where nothing is left. */
export function sanitize(text: string | undefined, secrets: readonly (string | undefined)[]): string | undefined {
  return text === undefined ? undefined : quotable(text, secrets);
}

/** An `error` word of RFC 6749 §5.2, or `undefined` where it is not one. */
export function errorWord(text: string | undefined, secrets: readonly (string | undefined)[]): string | undefined {
  if (text === undefined || ERROR_WORDS.has(text)) return text;
  return ERROR_WORD.test(text) && quotable(text, secrets) === text ? text : undefined;
}
