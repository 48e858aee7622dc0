/** Signs as the service account of the machine, whose key nobody holds. Loaded with the first signature. */
import type { Clock } from '../../base/clock.js';
import type { RequestLike } from '../../transport/transport.js';
import { signBytesByIam } from '../iam-signing.js';
import type { MetadataCredentials } from './metadata.js';

/** What a signature needs. */
export interface MachineSigning {
  /** How to send the requests; the default transport where it is left out. */
  readonly request: RequestLike | undefined;
  /** Where time is read. */
  readonly clock: Clock;
  /** Ends the caller's wait. */
  readonly signal: AbortSignal | undefined;
}

/**
 * A signature over the bytes, once the machine has told whose it is and where to ask for it.
 * @throws RefreshError `signing_failed`, or why there is no token to ask with; the signal's reason.
 */
export async function signAsMachine(
  credentials: MetadataCredentials,
  bytes: Uint8Array,
  signing: MachineSigning,
): Promise<Uint8Array> {
  const { request, signal } = signing;
  const [email, universeDomain] = await Promise.all([
    credentials.getServiceAccountEmail(request, { signal }),
    credentials.getUniverseDomain(request, { signal }),
  ]);
  return await signBytesByIam(bytes, { ...signing, credentials, email, universeDomain });
}
