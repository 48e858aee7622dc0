/** Ends a user's grant at its server (RFC 7009). */
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { DEFAULT_UNIVERSE_DOMAIN, isUniverseHost } from '../google/well-known.js';
import { readRevocationResponse, revocationRequest, type RevocationParts } from '../oauth/revocation.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';
import { asRefreshError } from '../tokens/refresh-failure.js';
import type { HttpResponse, RequestLike } from '../transport/transport.js';
import { flightTransport } from './flight-transport.js';
import type { UserCredentialsRecord } from './user-options.js';

/** What a revocation needs. */
export interface Revocation {
  /** The refresh token; revoked where there is one. */
  readonly refreshToken: string | undefined;
  /** The access token; revoked where there is no refresh token. */
  readonly accessToken: string | undefined;
  /** Whose they are, and where they are revoked. */
  readonly options: Pick<UserCredentialsRecord, 'tokenUri' | 'revokeUri' | 'clientId' | 'clientSecret'>;
  /** How to send the request; the default transport where it is left out. */
  readonly request: RequestLike | undefined;
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
  const { clock } = revocation;
  const parts = partsOf(revocation);
  const request = flightTransport(revocation.request, clock, {
    deadlineAt: clock.monotonic() + FLIGHT_TIMEOUT_MS,
    signal: revocation.signal ?? new AbortController().signal,
    awaited: true,
  });
  const sentAt = clock.now();
  const response = await send(() => request(revocationRequest(parts)), revocation.signal);
  const receivedAt = clock.now();
  readRevocationResponse(response, {
    receivedAt,
    sentAt,
    secrets: [parts.token, parts.clientSecret],
    endpoint: 'revocation endpoint',
  });
}

async function send(attempt: () => Promise<HttpResponse>, signal: AbortSignal | undefined): Promise<HttpResponse> {
  try {
    return await attempt();
  } catch (error) {
    signal?.throwIfAborted();
    throw asRefreshError(error);
  }
}

function partsOf({ refreshToken, accessToken, options }: Revocation): RevocationParts {
  const token = refreshToken ?? accessToken;
  if (token === undefined) throw new RefreshError('no_token', 'There is no token to revoke.');
  const revokeUri = endpointOf(options);
  // Google's endpoint takes the token alone; others authenticate the client.
  if (isUniverseHost(revokeUri, DEFAULT_UNIVERSE_DOMAIN)) return { revokeUri, token };
  const tokenTypeHint = refreshToken === undefined ? 'access_token' : 'refresh_token';
  const { clientId, clientSecret } = options;
  return { revokeUri, token, tokenTypeHint, clientId, clientSecret };
}

function endpointOf({ revokeUri, tokenUri }: Revocation['options']): string {
  if (revokeUri !== undefined) return revokeUri;
  if (tokenUri !== undefined) return new URL('revoke', tokenUri).href;
  throw new RefreshError('not_refreshable', 'There is no revocation endpoint: give a revokeUri or a tokenUri.');
}
