/** What is asked of the metadata server: tokens, and a few values about the machine. Loaded with the first question. */
import type { Clock } from '../../base/clock.js';
import { isUniverseDomain } from '../../base/url.js';
import { isMetadataAnswer, readMetadataText, readMetadataToken } from '../../google/metadata-answer.js';
import { accessTokenRequest, emailRequest, metadataRequest } from '../../google/metadata-requests.js';
import { isProjectId, isServiceAccount } from '../../google/metadata-server.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import { AccessToken } from '../../tokens/access-token.js';
import { FLIGHT_TIMEOUT_MS } from '../../tokens/flight-timeout.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { RequestLike, Transport } from '../../transport/transport.js';
import { flightTransport } from '../flight-transport.js';
import { METADATA_ATTEMPTS } from './metadata-environment.js';
import { askMetadata, type MetadataQuestion } from './metadata-question.js';

/** An access token of a service account. The server may have cut the scopes down to the machine's own, and does not say so. */
export async function mintMetadataToken(
  account: string,
  scopes: readonly string[] | undefined,
  request: Transport,
  clock: Clock,
): Promise<TokenSet> {
  const asked = `an access token of the service account "${account}"`;
  const question = {
    asked,
    build: (host: string) => accessTokenRequest(host, account, scopes),
    read: readMetadataToken,
  };
  const { accessToken, expiresAt, expiryAssumed } = await askMetadata(question, request, clock);
  return new TokenSet({ accessToken: new AccessToken(accessToken, { expiresAt }), expiryAssumed });
}

/** The project that the machine belongs to. */
export const PROJECT_ID: MetadataQuestion<string> = Object.freeze({
  asked: 'the project id',
  build: (host: string) => metadataRequest(host, 'project/project-id'),
  read: readProjectId,
});

/** The universe that the machine belongs to. Older servers do not know the question; they are all in Google's own. */
export const UNIVERSE_DOMAIN: MetadataQuestion<string> = Object.freeze({
  asked: 'the universe domain',
  build: (host: string) => metadataRequest(host, 'universe/universe-domain'),
  read: readUniverseDomain,
});

/** The e-mail address of a service account. */
export function emailOf(account: string): MetadataQuestion<string> {
  return {
    asked: `the e-mail address of the service account "${account}"`,
    build: (host) => emailRequest(host, account),
    read: (response, context) => readMetadataText(response, context, isServiceAccount),
  };
}

/** Asks for a value with the retries of a refresh, and with its deadline where no other is given. */
export function readMetadata(
  question: MetadataQuestion<string>,
  request: RequestLike | undefined,
  clock: Clock,
  timeoutMs: number = FLIGHT_TIMEOUT_MS,
): Promise<string> {
  const deadlineAt = clock.monotonic() + timeoutMs;
  const flight = { deadlineAt, signal: new AbortController().signal, awaited: true };
  return askMetadata(question, flightTransport(request, clock, flight, METADATA_ATTEMPTS), clock);
}

function readProjectId(...[response, context]: Parameters<MetadataQuestion<string>['read']>): string {
  return readMetadataText(response, context, isProjectId);
}

function readUniverseDomain(...[response, context]: Parameters<MetadataQuestion<string>['read']>): string {
  const { status, body } = response;
  const saysNothing = status === 404 || (status === 200 && body.trim() === '');
  if (saysNothing && isMetadataAnswer(response)) return DEFAULT_UNIVERSE_DOMAIN;
  return readMetadataText(response, context, isUniverseDomain);
}
