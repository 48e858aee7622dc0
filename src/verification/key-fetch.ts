/** Fetches the public keys of an issuer, and says how that went. */
import { safeCause } from '../base/safe-cause.js';
import { CredenceError, VerificationError } from '../errors.js';
import { parseKeySet } from '../jose/jwks.js';
import type { KeySet } from '../jose/key-set.js';
import { hostAndPort } from '../transport/target.js';
import type { HttpResponse, Transport } from '../transport/transport.js';
import { keyLifetimeMs } from './key-lifetime.js';

/** Keys, and for how long they count as current. */
export interface Fetched {
  readonly keys: KeySet;
  /** In milliseconds. */
  readonly lifetimeMs: number;
  readonly failure?: never;
}

/** Keys, or why there are none. */
export type FetchedKeys = Fetched | { readonly failure: VerificationError };

/** Never rejects: a failure is `certificates_unavailable`, which is always worth another attempt. */
export async function fetchKeys(url: string, transport: Transport): Promise<FetchedKeys> {
  try {
    const headers = Object.freeze({ accept: 'application/json' });
    return readKeys(url, await transport(Object.freeze({ method: 'GET', url, headers })));
  } catch (error) {
    const reason = error instanceof CredenceError ? error.message : 'The transport failed.';
    return { failure: certificatesUnavailable(url, reason, safeCause(error)) };
  }
}

function readKeys(url: string, response: HttpResponse): FetchedKeys {
  const { status, headers, body } = response;
  if (status !== 200) return { failure: certificatesUnavailable(url, `The answer was ${status}.`) };
  return { keys: parseKeySet(body), lifetimeMs: keyLifetimeMs(headers) };
}

function certificatesUnavailable(url: string, reason: string, cause?: unknown): VerificationError {
  const message = `The issuer's public keys could not be fetched from ${hostAndPort(url)}. ${reason}`;
  return new VerificationError('certificates_unavailable', message, { cause, retryable: true });
}
