/** What a signer gave, which anybody may have written: a signature, or an error that says what went wrong. */
import { safeCause } from '../base/safe-cause.js';
import { safeError } from '../base/safe-error.js';
import { CredenceError, RefreshError } from '../errors.js';

/**
 * The signature that `signer.sign` gave.
 * @throws RefreshError `signing_failed` where it is anything but bytes: the UTF-8 of a text would look like a signature, and be none.
 */
export function requireSignature(given: unknown): Uint8Array {
  if (isBytes(given) && given.length > 0) return given;
  throw new RefreshError('signing_failed', '"signer.sign" must give a non-empty Uint8Array. Correct the signer.');
}

/** The error for whatever a signer threw: a `RefreshError` says itself what went wrong, and anything else becomes the cause of one. */
export function signingFailed(thrown: unknown): RefreshError {
  if (thrown instanceof RefreshError) return safeError(thrown);
  return new RefreshError('signing_failed', 'The signature could not be made; see "cause".', {
    cause: safeCause(thrown),
    retryable: thrown instanceof CredenceError && thrown.retryable,
  });
}

/** Bytes of another realm, such as a test runner's, are bytes too. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}
