/** Turns whatever a token source threw into the one error that callers of a refresh see. */
import { safeCause } from '../base/safe-cause.js';
import { safeError } from '../base/safe-error.js';
import { kindOfThrown } from '../base/thrown.js';
import { CredenceError, RefreshError, TransportError } from '../errors.js';

/** The `RefreshError` for a failure while minting: itself, or one that names what happened and keeps a safe cause. */
export function asRefreshError(error: unknown): RefreshError {
  if (error instanceof RefreshError) return safeError(error);
  if (error instanceof TransportError) return unreachable(safeError(error));
  if (error instanceof CredenceError) {
    return new RefreshError('source_failed', `The token source failed: ${error.message}`, {
      cause: safeCause(error),
      retryable: error.retryable,
    });
  }
  const message = `The token source threw ${kindOfThrown(error)}. See "cause"; the next call tries again.`;
  return new RefreshError('source_failed', message, { cause: safeCause(error), retryable: true });
}

function unreachable(error: TransportError): RefreshError {
  const code = error.code === 'timed_out' ? 'timed_out' : 'endpoint_unreachable';
  return new RefreshError(code, `The token endpoint gave no answer: ${error.message}`, {
    cause: error,
    retryable: error.retryable,
  });
}
