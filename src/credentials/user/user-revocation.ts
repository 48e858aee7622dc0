/** Ends a user's grant at its server (RFC 7009). */
import { abandonable } from '../../base/abandonable.js';
import { RefreshError } from '../../errors.js';
import { isUniverseHost } from '../../google/universe-host.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import { readRevocationResponse, revocationRequest, type RevocationParts } from '../../oauth/revocation.js';
import { FLIGHT_TIMEOUT_MS } from '../../tokens/flight.js';
import { exclusively } from '../../tokens/grant-turns.js';
import { Grant } from '../../tokens/grant.js';
import { asRefreshError } from '../../tokens/refresh-failure.js';
import type { TokenCell } from '../../tokens/token-cell.js';
import type { HttpResponse, RequestLike } from '../../transport/transport.js';
import { awaitedCall } from '../awaited-call.js';
import { flightTransport } from '../flight-transport.js';
import { revokedError } from './user-errors.js';
import type { UserCredentialsRecord } from './user-options.js';

/** What a revocation needs. */
export interface Revocation {
  /** The tokens in use, which are dropped. The refresh token is revoked where there is one, and else the access token. */
  readonly cell: TokenCell;
  /** Whose they are, where they are revoked, and the file that they came from. */
  readonly options: Pick<UserCredentialsRecord, 'tokenUri' | 'revokeUri' | 'clientId' | 'clientSecret' | 'file'>;
  /** How to send the request; the default transport where it is left out. */
  readonly request: RequestLike | undefined;
  /** Ends the caller's wait, and the attempt. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Revokes a grant after all work that spends it, and drops its tokens.
 * @throws RefreshError where the server cannot be reached or refuses; nothing is dropped then.
 */
export async function revokeUser(revocation: Revocation): Promise<void> {
  const { cell, options, signal } = revocation;
  const { grant = new Grant(undefined) } = cell;
  const { file } = options;
  const revoking = exclusively(grant, async () => {
    signal?.throwIfAborted();
    const submit = (): Promise<void> => revokeAtServer(revocation);
    await (file === undefined ? submit() : file.revoking(grant, submit, { signal }));
    grant.revoke();
    cell.condemn(revokedError());
  });
  await awaitedCall(abandonable(revoking, signal));
}

async function revokeAtServer(revocation: Revocation): Promise<void> {
  const { clock } = revocation.cell;
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

function partsOf({ cell, options }: Revocation): RevocationParts {
  const refreshToken = cell.grant?.refreshToken;
  const token = refreshToken ?? cell.tokens?.accessToken.value;
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
