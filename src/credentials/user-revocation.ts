/** Ends a user's grant at its server (RFC 7009). */
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { readRevocationResponse, revocationRequest } from '../oauth/revocation.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';
import { asRefreshError } from '../tokens/refresh-failure.js';
import { retrying } from '../transport/retry.js';
import type { HttpResponse, Transport } from '../transport/transport.js';

/** What a revocation needs. */
export interface Revocation {
  /** The token to revoke: the refresh token, or the access token where there is none. */
  readonly token: string;
  /** The revocation endpoint; `revoke` beside the token endpoint where it is left out. */
  readonly revokeUri: string | undefined;
  /** The token endpoint. */
  readonly tokenUri: string | undefined;
  /** Sends the request. */
  readonly transport: Transport;
  /** Where time is read. */
  readonly clock: Clock;
  /** Ends the attempt. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Revokes a token.
 * @throws RefreshError where the server cannot be reached or refuses.
 */
export async function revokeUser(revocation: Revocation): Promise<void> {
  const { token, clock } = revocation;
  const endpoint = endpointOf(revocation);
  const request = retrying(revocation.transport, {
    clock,
    deadlineAt: clock.monotonic() + FLIGHT_TIMEOUT_MS,
    signal: revocation.signal ?? new AbortController().signal,
  });
  const sentAt = clock.now();
  const response = await send(() => request(revocationRequest(endpoint, token)), revocation.signal);
  readRevocationResponse(response, { sentAt, secrets: [token] });
}

/** The error that everybody gets who uses a grant after it was revoked here. */
export function revokedError(): RefreshError {
  return new RefreshError('revoked', 'These credentials were revoked by revoke(). The user must sign in again.');
}

async function send(attempt: () => Promise<HttpResponse>, signal: AbortSignal | undefined): Promise<HttpResponse> {
  try {
    return await attempt();
  } catch (error) {
    signal?.throwIfAborted();
    throw asRefreshError(error);
  }
}

function endpointOf(revocation: Revocation): string {
  if (revocation.revokeUri !== undefined) return revocation.revokeUri;
  if (revocation.tokenUri !== undefined) return new URL('revoke', revocation.tokenUri).href;
  throw new RefreshError('not_refreshable', 'There is no revocation endpoint: give a revokeUri or a tokenUri.');
}
