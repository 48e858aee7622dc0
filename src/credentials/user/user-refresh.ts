/** Mints by a refresh token: spends it once, notes what became of it, and reads what came back. */
import type { Clock } from '../../base/clock.js';
import { missingScopes } from '../../base/scopes.js';
import { RefreshError, TransportError } from '../../errors.js';
import { API_CLIENT_HEADER, tokenRequestMetrics } from '../../google/metrics.js';
import { isUniverseHost } from '../../google/universe-host.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import { grantedScopes as grantedBy } from '../../oauth/granted-tokens.js';
import { refreshGrantRequest } from '../../oauth/refresh-grant.js';
import type { AnswerContext } from '../../oauth/token-error.js';
import { readTokenResponse, refreshTokenIn, type TokenResponse } from '../../oauth/token-response.js';
import { AccessToken } from '../../tokens/access-token.js';
import { tell } from '../../tokens/events.js';
import { rotate, succeeded } from '../../tokens/grant-spending.js';
import type { Grant } from '../../tokens/grant.js';
import { asRefreshError } from '../../tokens/refresh-failure.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { HttpResponse, Transport } from '../../transport/transport.js';
import type { UserCredentialsRecord } from './user-options.js';

/** What came of spending a refresh token. */
export interface UserRefresh {
  /** The new tokens, with the refresh token to use from now on. */
  readonly tokens: TokenSet;
  /** Whether that is another one than before. */
  readonly rotated: boolean;
}

interface Submission {
  readonly tokenUri: string;
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const NECESSARY = ['refreshToken', 'tokenUri', 'clientId', 'clientSecret'] as const;

/**
 * Spends the grant's refresh token.
 * @throws RefreshError that says what happened to it.
 */
export async function refreshUser(
  grant: Grant,
  options: UserCredentialsRecord,
  request: Transport,
  clock: Clock,
): Promise<UserRefresh> {
  const { tokenUri, refreshToken, clientId, clientSecret } = submissionOf(grant, options);
  // Only a server that is known not to rotate may be shown the same refresh token twice.
  const resend = grant.standing === 'steady' || isUniverseHost(tokenUri, DEFAULT_UNIVERSE_DOMAIN);
  const scopes = options.scopes ?? options.defaultScopes;
  const form = refreshGrantRequest({
    tokenUri,
    refreshToken,
    clientId,
    clientSecret,
    scopes,
    raptToken: options.raptToken,
    headers: { [API_CLIENT_HEADER]: tokenRequestMetrics('u') },
    resend,
  });
  const sentAt = clock.now();
  let response: HttpResponse;
  try {
    response = await request(form);
  } catch (error) {
    throw notSubmitted(error, grant, resend);
  }
  const secrets = [refreshToken, clientSecret, options.raptToken];
  const answer = readAnswer(response, { sentAt, receivedAt: clock.now(), secrets }, grant, resend);
  return accept(answer, scopes, grant, options);
}

/** @throws RefreshError `not_refreshable` naming what is missing. */
function submissionOf(grant: Grant, options: UserCredentialsRecord): Submission {
  const { tokenUri, clientId, clientSecret } = options;
  const { refreshToken } = grant;
  if (refreshToken === undefined || tokenUri === undefined || clientId === undefined || clientSecret === undefined) {
    const held = { refreshToken, tokenUri, clientId, clientSecret };
    const missing = NECESSARY.filter((name) => held[name] === undefined).join(', ');
    throw new RefreshError(
      'not_refreshable',
      `These user credentials cannot be refreshed: they lack ${missing}. Give these, or a refreshHandler.`,
    );
  }
  return { refreshToken, tokenUri, clientId, clientSecret };
}

/** What became of a refresh token whose request failed. */
function notSubmitted(error: unknown, grant: Grant, resend: boolean): RefreshError {
  if (resend || !(error instanceof TransportError) || !error.sent) return asRefreshError(error);
  grant.mark('in_doubt');
  return unknownOutcome(error);
}

function readAnswer(response: HttpResponse, context: AnswerContext, grant: Grant, resend: boolean): TokenResponse {
  try {
    return readTokenResponse(response, context);
  } catch (error) {
    if (!(error instanceof RefreshError)) throw error;
    // An access token that cannot be used may come with a refresh token that replaces ours: that one is spent now.
    if (rotate(grant, refreshTokenIn(response))) throw error;
    if (error.code === 'invalid_grant' && grant.standing === 'in_doubt') throw rotationLost(error);
    if (error.code !== 'unexpected_response' || response.status >= 300 || resend) throw error;
    grant.mark('in_doubt');
    throw unknownOutcome(error);
  }
}

function accept(
  answer: TokenResponse,
  requested: readonly string[] | undefined,
  grant: Grant,
  options: UserCredentialsRecord,
): UserRefresh {
  const rotated = succeeded(grant, answer.refreshToken);
  const grantedScopes = grantedBy(answer, requested);
  if (requested !== undefined && grantedScopes !== undefined)
    warnOfMissing(missingScopes(requested, grantedScopes), options);
  const accessToken = new AccessToken(answer.accessToken, { expiresAt: answer.expiresAt, scopes: grantedScopes });
  const { idToken, expiryAssumed } = answer;
  const tokens = new TokenSet({
    accessToken,
    refreshToken: grant.refreshToken,
    idToken,
    grantedScopes,
    raptToken: options.raptToken,
    expiryAssumed,
  });
  return { tokens, rotated };
}

function warnOfMissing(missing: readonly string[], options: UserCredentialsRecord): void {
  if (missing.length === 0) return;
  const message = `Not all requested scopes were granted; missing: ${missing.join(', ')}.`;
  tell('scopes_not_granted', message);
  try {
    options.onWarning?.(
      Object.freeze({ code: 'scopes_not_granted', message, missingScopes: Object.freeze([...missing]) }),
    );
  } catch (error) {
    tell('hook_failed', 'The onWarning hook threw; the token is used all the same.', error);
  }
}

function unknownOutcome(cause: Error): RefreshError {
  const message =
    'The refresh token was sent and no complete answer came, so the server may have replaced it. The next call tries it once more.';
  return new RefreshError('outcome_unknown', message, { cause, retryable: true });
}

function rotationLost(error: RefreshError): RefreshError {
  const message =
    'The refresh token was refused after an earlier answer was lost: the server had replaced it. The user must sign in again.';
  return new RefreshError('invalid_grant', message, {
    cause: error,
    subtype: 'rotation_lost',
    oauthError: 'invalid_grant',
    status: error.status,
  });
}
