/** One signature for one caller, within its time, however the signer behaves. Loaded with the first one. */
import { abandonable } from '../base/abandonable.js';
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { KeySigner } from '../jose/key-signer.js';
import { requireSignature, signingFailed } from '../jose/signature.js';
import type { Signer } from '../jose/signer.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';
import { withDeadline } from '../transport/deadline.js';
import { awaitedCall } from './awaited-call.js';

/**
 * A signature over the data.
 * @throws RefreshError `signing_failed`, or what the signer says by one of its own; the signal's reason.
 */
export async function signatureBy(
  signer: Signer,
  data: Uint8Array | string,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  // A key that is held here always answers.
  if (signer instanceof KeySigner) return await signer.sign(data, { signal });
  try {
    return requireSignature(await awaitedCall(bounded(signer, data, clock, signal)));
  } catch (error) {
    signal?.throwIfAborted();
    throw signingFailed(error);
  }
}

/** The signer hears when its time is up, and when the caller has left; whether it does or not, nobody waits any longer. */
function bounded(
  signer: Signer,
  data: Uint8Array | string,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const leaving = new AbortController();
  const bounds = { clock, timeoutMs: FLIGHT_TIMEOUT_MS, signals: [leaving.signal], timedOut };
  const signing = withDeadline<unknown>(bounds, (own) => signer.sign(data, { signal: own }));
  return abandonable(signing, signal, () => {
    leaving.abort(signal?.reason);
  });
}

function timedOut(): RefreshError {
  const seconds = String(FLIGHT_TIMEOUT_MS / 1000);
  const message = `The signer gave no signature within ${seconds} s. Check the service that signs; the next call tries again.`;
  return new RefreshError('signing_failed', message, { retryable: true });
}
