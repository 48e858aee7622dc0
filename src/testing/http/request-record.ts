/** What is kept of one request: enough to assert on, and nothing secret. */
import { bearerLabel } from '../apis/bearer-token.js';
import type { EmulatorEndpoint, FaultKind } from '../faults/fault.js';
import type { AccessTokens } from '../oauth/access-tokens.js';
import type { Incoming } from './http-exchange.js';

/** Headers that say how a client behaves and carry no secret. */
const HEADERS_OF_INTEREST = [
  'accept',
  'accept-encoding',
  'connection',
  'content-type',
  'user-agent',
  'x-goog-api-client',
  'x-goog-user-project',
];

/** Where a request went: an endpoint, `/redirect`, or a path that the emulator does not serve. */
export type RequestTarget = EmulatorEndpoint | 'redirect' | 'unknown';

/** One request that the emulator has dealt with. */
export interface RequestRecord {
  /** Where it went. */
  readonly endpoint: RequestTarget;
  /** Its method. */
  readonly method: string;
  /** Its path, without the query. */
  readonly path: string;
  /** The `grant_type` of a token request. */
  readonly grantType?: string;
  /** The `scope` of a token request; the `scopes` of one to a metadata server, as they were given. */
  readonly scope?: string;
  /** The `audience` for which a metadata server was asked for an ID token. */
  readonly audience?: string;
  /** The status of the answer; `undefined` where none was sent. */
  readonly status: number | undefined;
  /** The fault that was injected, if any. */
  readonly fault: FaultKind | undefined;
  /** When the answer was decided, in milliseconds since the epoch of the emulator's clock. */
  readonly at: number;
  /** Harmless headers as received; `authorization` shows the scheme, and a label such as `<token 3>` for the token. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of a request. */
export type RequestOutcome = Pick<RequestRecord, 'endpoint' | 'status' | 'fault' | 'at'>;

/** Makes the record of a request. */
export function recordOf(incoming: Incoming, outcome: RequestOutcome, tokens: AccessTokens): RequestRecord {
  return Object.freeze({
    ...outcome,
    method: incoming.method,
    path: incoming.url.pathname,
    ...fieldsOfInterest(incoming, outcome.endpoint),
    headers: harmlessHeaders(incoming, tokens),
  });
}

type Fields = Partial<Pick<RequestRecord, 'grantType' | 'scope' | 'audience'>>;

function fieldsOfInterest({ body, url }: Incoming, endpoint: RequestTarget): Fields {
  const form = new URLSearchParams(body);
  if (endpoint === 'token') return given({ grantType: form.get('grant_type'), scope: form.get('scope') });
  if (endpoint === 'metadataToken') return given({ scope: url.searchParams.get('scopes') });
  return endpoint === 'metadataIdentity' ? given({ audience: url.searchParams.get('audience') }) : {};
}

function given(fields: Readonly<Record<string, string | null>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function harmlessHeaders({ headers }: Incoming, tokens: AccessTokens): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of HEADERS_OF_INTEREST) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  const { authorization } = headers;
  if (authorization !== undefined) kept['authorization'] = bearerLabel(authorization, tokens);
  return Object.freeze(kept);
}
