/** What is asked of the metadata server: tokens, and a few values about the machine. Loaded with the first question. */
import { abandonable } from '../../base/abandonable.js';
import type { Clock } from '../../base/clock.js';
import { isUniverseDomain } from '../../base/url.js';
import { isMetadataAnswer, readMetadataText, readMetadataToken } from '../../google/metadata-answer.js';
import { accessTokenRequest, emailRequest, metadataRequest } from '../../google/metadata-requests.js';
import { DEFAULT_ACCOUNT, isServiceAccount } from '../../google/metadata-server.js';
import { isProjectId } from '../../google/project-id.js';
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import { AccessToken } from '../../tokens/access-token.js';
import { FLIGHT_TIMEOUT_MS } from '../../tokens/flight.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { RequestLike, Transport } from '../../transport/transport.js';
import { awaitedCall } from '../awaited-call.js';
import { clockOf } from '../credentials-options.js';
import { flightTransport } from '../flight-transport.js';
import { learn, type MetadataFacts } from './metadata-facts.js';
import { METADATA_ATTEMPTS } from './metadata-host.js';
import type { MetadataRecord } from './metadata-options.js';
import { askMetadata, type MetadataQuestion } from './metadata-question.js';

/** What can be learnt of the machine. */
export type MetadataFact = 'project' | 'universe' | 'email';

/** How to ask. */
export interface MetadataAsking {
  /** How to send the request; the default transport where it is left out. */
  readonly request: RequestLike | undefined;
  /** Where time is read. */
  readonly clock: Clock;
  /** Ends the caller's wait; the question goes on for others. */
  readonly signal: AbortSignal | undefined;
  /** How long it may take in all; as long as a refresh, where it is left out. */
  readonly timeoutMs: number | undefined;
}

/** An access token of a service account. The server may have cut the scopes down to the machine's own, and does not say so. */
export async function mintMetadataToken(options: MetadataRecord, request: Transport): Promise<TokenSet> {
  const { serviceAccountEmail: account, scopes = options.defaultScopes } = options;
  const asked = `an access token of the service account "${account}"`;
  const question = {
    asked,
    build: (host: string) => accessTokenRequest(host, account, scopes),
    read: readMetadataToken,
  };
  const { accessToken, expiresAt, expiryAssumed } = await askMetadata(question, request, clockOf(options));
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

/** A value that is asked for once; by `name` it is kept. */
export function learnOfMachine(
  facts: MetadataFacts,
  name: string,
  fact: MetadataFact,
  { request, clock, signal, timeoutMs }: MetadataAsking,
): Promise<string> {
  const question = { project: PROJECT_ID, universe: UNIVERSE_DOMAIN, email: emailOf(DEFAULT_ACCOUNT) }[fact];
  const learning = learn(facts, name, () => readMetadata(question, request, clock, timeoutMs));
  return awaitedCall(abandonable(learning, signal));
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
