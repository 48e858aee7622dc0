/** Makes what somebody else threw safe to hang onto an error of ours: HTTP clients hang their whole request, secrets included, onto theirs. */
import { CredenceError } from '../errors.js';
import { summaryOf } from './error-summary.js';
import { echoesSecret } from './secret-echo.js';
import { framesOf, isError } from './thrown.js';
import { withoutTokens } from './token-like.js';

type Secrets = readonly (string | undefined)[];

/** Errors in errors in errors: so many are looked at in all. */
const MOST_ERRORS = 16;
/** The texts that errors of Node and of this library hold; under any other name a text may be a body or a header. */
const KNOWN_TEXTS: ReadonlySet<PropertyKey> = new Set([
  ...['name', 'message', 'code', 'syscall', 'address', 'hostname', 'path', 'dest', 'library', 'reason'],
  ...['oauthError', 'errorDescription', 'subtype', 'fault', 'system'],
]);
/** A name that a program gives to a property; others may come out of data. */
const NAME = /^[a-z_$][\w$]{0,30}$/i;
/** What an error reveals by, even where it only inherits it. */
const REVEALING: readonly PropertyKey[] = [
  ...['config', 'options', 'request', 'response', 'headers', 'body', 'data', 'toJSON'],
  Symbol.for('nodejs.util.inspect.custom'),
];

/**
 * The error itself where nothing in it, nor in its causes, can hold a secret; else a plain error that sums it up. Undefined for what is
 * no error.
 * @param secrets What is known to be secret; what looks like a token counts as one anyway.
 */
export function safeCause(thrown: unknown, secrets: Secrets = []): Error | undefined {
  return safe(thrown, secrets, new Set());
}

/** Whether the error may be shown as it is. */
export function isSafe(error: Error, secrets: Secrets = []): boolean {
  try {
    return isHarmless(error, secrets, new Set());
  } catch {
    // A proxy, perhaps.
    return false;
  }
}

function safe(thrown: unknown, secrets: Secrets, met: Set<unknown>): Error | undefined {
  if (!isError(thrown) || met.has(thrown) || met.size === MOST_ERRORS) return undefined;
  met.add(thrown);
  return isSafe(thrown, secrets) ? thrown : summaryOf(thrown, secrets, (inner) => safe(inner, secrets, met));
}

/** What goes round in a circle, or too deep, is not harmless. */
function isHarmless(error: unknown, secrets: Secrets, met: Set<unknown>): boolean {
  if (!isError(error) || met.has(error) || met.size === MOST_ERRORS) return false;
  met.add(error);
  if (REVEALING.some((key) => key in error) || !saysNothing(error, secrets)) return false;
  // What our own errors say is known.
  const isOurs = error instanceof CredenceError;
  return Reflect.ownKeys(error).every((key) => {
    // V8 makes an accessor of the stack, in some versions.
    if (key === 'stack') return true;
    const property = Reflect.getOwnPropertyDescriptor(error, key);
    if (property === undefined || !('value' in property)) return false;
    const value: unknown = property.value;
    if (!isOurs && typeof value === 'string' && withoutTokens(value) !== value) return false;
    return holdsNothing(key, value, secrets, met);
  });
}

function holdsNothing(key: PropertyKey, value: unknown, secrets: Secrets, met: Set<unknown>): boolean {
  if (typeof key === 'string' && !NAME.test(key)) return false;
  if (typeof value === 'string') return KNOWN_TEXTS.has(key) && !echoesSecret(value, secrets);
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  if (typeof value !== 'object' || value === null) return true;
  if (key === 'cause') return isHarmless(value, secrets, met);
  return key === 'errors' && Array.isArray(value) && value.every((inner) => isHarmless(inner, secrets, met));
}

/** V8 quotes the text that it cannot parse. */
function saysNothing(error: Error, secrets: Secrets): boolean {
  if (error instanceof SyntaxError || error.name === 'SyntaxError') return false;
  const [heading] = framesOf(error);
  const said = `${error.name}: ${error.message}\n${heading}`;
  if (echoesSecret(said, secrets)) return false;
  return error instanceof CredenceError || withoutTokens(said) === said;
}
