/** Turns whatever a token source threw into the one error that callers of a refresh see. */
import { CredenceError, RefreshError, TransportError } from '../errors.js';

/** Causes of causes are looked into so far; what lies deeper, or goes round in a circle, is taken for a request. */
const MAX_DEPTH = 8;

/** The `RefreshError` for a failure while minting: itself, or one that names what happened and keeps the cause. */
export function asRefreshError(error: unknown): RefreshError {
  if (error instanceof RefreshError) return error;
  if (error instanceof TransportError) return unreachable(error);
  if (error instanceof CredenceError) {
    return new RefreshError('source_failed', `The token source failed: ${error.message}`, {
      cause: error,
      retryable: error.retryable,
    });
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new RefreshError('source_failed', `The token source threw ${name}. See "cause"; the next call tries again.`, {
    cause: withoutRequest(error),
    retryable: true,
  });
}

/** HTTP clients hang their whole request, secrets included, onto their errors: such a one is not kept as a cause, nor what wraps it. */
export function withoutRequest(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  return holdsRequest(error, MAX_DEPTH) ? undefined : error;
}

function holdsRequest(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('config' in error || 'request' in error || 'response' in error || depth === 0) return true;
  const causes: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const cause = 'cause' in error ? error.cause : undefined;
  return [cause, ...causes].some((inner) => holdsRequest(inner, depth - 1));
}

function unreachable(error: TransportError): RefreshError {
  const code = error.code === 'timed_out' ? 'timed_out' : 'endpoint_unreachable';
  return new RefreshError(code, `The token endpoint gave no answer: ${error.message}`, {
    cause: error,
    retryable: error.retryable,
  });
}
