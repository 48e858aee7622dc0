/** What is asked of the metadata server: tokens, and a few values about the machine. Loaded with the first question. */
import type { Clock } from '../base/clock.js';
import { isUniverseDomain } from '../base/url.js';
import { isMetadataAnswer, readMetadataText, readMetadataToken, unexpectedAnswer } from '../google/metadata-answer.js';
import { accessTokenRequest, emailRequest, metadataRequest } from '../google/metadata-server.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../google/well-known.js';
import { AccessToken } from '../tokens/access-token.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';
import { TokenSet } from '../tokens/token-set.js';
import type { RequestLike, Transport } from '../transport/transport.js';
import { flightTransport } from './flight-transport.js';
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
  read: readMetadataText,
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
    read: readMetadataText,
  };
}

/** Asks for a value with the retries and the deadline of a refresh. */
export function readMetadata(
  question: MetadataQuestion<string>,
  request: RequestLike | undefined,
  clock: Clock,
): Promise<string> {
  const deadlineAt = clock.monotonic() + FLIGHT_TIMEOUT_MS;
  const flight = { deadlineAt, signal: new AbortController().signal, awaited: true };
  return askMetadata(question, flightTransport(request, clock, flight, METADATA_ATTEMPTS), clock);
}

function readUniverseDomain(...[response, context]: Parameters<MetadataQuestion<string>['read']>): string {
  const isEmpty = response.status === 200 && isMetadataAnswer(response) && response.body.trim() === '';
  if (response.status === 404 || isEmpty) return DEFAULT_UNIVERSE_DOMAIN;
  const domain = readMetadataText(response, context);
  if (isUniverseDomain(domain)) return domain;
  throw unexpectedAnswer(response, context);
}
