/** Makes errors of this library's classes safe to be passed on where somebody else has made them. */
import {
  ConfigurationError,
  CredenceError,
  RefreshError,
  TransportError,
  VerificationError,
  type RefreshErrorOptions,
} from '../errors.js';
import { quotable, WITHHELD } from './quotable.js';
import { isSafe, safeCause } from './safe-cause.js';
import { echoesSecret } from './secret-echo.js';

type Secrets = readonly (string | undefined)[];

/**
 * The error itself where nothing in it can hold a secret; else one that says the same, without what somebody hung onto it and with
 * a safe cause.
 * @param secrets What is known to be secret.
 */
export function safeError(error: RefreshError, secrets?: Secrets): RefreshError;
export function safeError(error: TransportError, secrets?: Secrets): TransportError;
export function safeError(error: CredenceError, secrets?: Secrets): CredenceError;
export function safeError(error: CredenceError, secrets: Secrets = []): CredenceError {
  if (isSafe(error, secrets)) return error;
  const message = echoesSecret(error.message, secrets) ? WITHHELD : error.message;
  const { retryable } = error;
  const base = { retryable, cause: safeCause(error.cause, secrets) };
  if (error instanceof TransportError) return new TransportError(error.code, message, { ...base, sent: error.sent });
  if (error instanceof RefreshError) return new RefreshError(error.code, message, { ...base, ...said(error, secrets) });
  if (error instanceof ConfigurationError) return new ConfigurationError(error.code, message, base);
  if (error instanceof VerificationError) return new VerificationError(error.code, message, base);
  return new CredenceError(error.code, message, base);
}

function said(error: RefreshError, secrets: Secrets): RefreshErrorOptions {
  const { oauthError, errorDescription, subtype, status, nextAttemptAt } = error;
  const [word, description, kind] = [oauthError, errorDescription, subtype].map((text) =>
    text === undefined ? undefined : quotable(text, secrets),
  );
  return { oauthError: word, errorDescription: description, subtype: kind, status, nextAttemptAt };
}
