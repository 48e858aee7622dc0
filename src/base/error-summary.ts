/** Sums up an error that must not be shown as it is: what remains is an `Error` with nothing hanging on it. */
import { isObject } from './is-object.js';
import { quotable } from './quotable.js';
import { echoesSecret } from './secret-echo.js';
import { classNameOf, codeOfThrown, framesOf, read } from './thrown.js';
import { withoutTokens } from './token-like.js';

type Secrets = readonly (string | undefined)[];
type Inner = (thrown: unknown) => Error | undefined;

const MOST_FRAMES = 10;
/** V8's words for a text that is no JSON quote it. */
const PARSED = 'The message is withheld: it may quote the text that was parsed.';

/**
 * An error with the name, code, status, message and frames of this one, without what looks like a token, and without the secrets.
 * @param inner What becomes of its causes.
 */
export function summaryOf(error: Error, secrets: Secrets, inner: Inner): Error {
  const message = messageOf(error, secrets);
  const cause = inner(read(error, 'cause'));
  const summary = new Error(message, cause === undefined ? undefined : { cause });
  const name = unlessEchoed(classNameOf(error), secrets) ?? 'Error';
  const stack = [`${name}: ${message}`, ...shownFrames(error, secrets)].join('\n');
  const errors = innerErrors(error, inner);
  hide(summary, { name, stack, ...(errors.length === 0 ? {} : { errors }) });
  return Object.assign(summary, factsOf(error, secrets));
}

function messageOf(error: Error, secrets: Secrets): string {
  if (error instanceof SyntaxError || read(error, 'name') === 'SyntaxError') return PARSED;
  const message = read(error, 'message');
  return typeof message === 'string' ? (quotable(withoutTokens(message), secrets) ?? '') : '';
}

function shownFrames(error: Error, secrets: Secrets): readonly string[] {
  const [, ...frames] = framesOf(error);
  return frames.slice(0, MOST_FRAMES).filter((frame) => !echoesSecret(frame, secrets));
}

function innerErrors(error: Error, inner: Inner): readonly Error[] {
  const errors = read(error, 'errors');
  return Array.isArray(errors) ? errors.map(inner).filter((one) => one !== undefined) : [];
}

/** Which properties are enumerable is as it is in other errors. */
function hide(error: Error, properties: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(properties)) {
    Object.defineProperty(error, key, { value, configurable: true, writable: true });
  }
}

function factsOf(error: Error, secrets: Secrets): Readonly<Record<string, unknown>> {
  const code = unlessEchoed(codeOfThrown(error), secrets) ?? numberIn(error, ['code']);
  const status =
    numberIn(error, ['status', 'statusCode']) ?? numberIn(read(error, 'response'), ['status', 'statusCode']);
  const errno = numberIn(error, ['errno']);
  const facts = Object.entries({ code, errno, status }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(facts);
}

function numberIn(holder: unknown, keys: readonly string[]): number | undefined {
  if (!isObject(holder)) return undefined;
  return keys.map((key) => read(holder, key)).find((value) => typeof value === 'number');
}

function unlessEchoed(text: string | undefined, secrets: Secrets): string | undefined {
  return text === undefined || echoesSecret(text, secrets) ? undefined : text;
}
