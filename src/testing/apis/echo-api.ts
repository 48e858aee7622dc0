/** An API that wants a live token, and answers with the request that it received. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, Endpoint, Incoming } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import type { Realm } from '../realm.js';
import { apiError } from './api-refusal.js';
import { bearerLabel, bearerToken } from './bearer-token.js';
import type { CredentialKind } from './caller.js';
import { callerOf } from './caller.js';

/** Makes the echo API of an emulator. */
export function echoApi(realm: Realm): Endpoint {
  return (incoming) => {
    const value = bearerToken(incoming.headers.authorization);
    if (value === undefined) return answerWithoutToken(incoming, realm);
    const caller = callerOf(value, incoming.url.pathname, realm);
    if (caller !== undefined) return echo(incoming, caller.email, caller.credential, realm);
    realm.requests.count('deadTokens');
    return unauthorized(realm, 'Bearer error="invalid_token"');
  };
}

function answerWithoutToken(incoming: Incoming, realm: Realm): Answer {
  const key = incoming.headers['x-goog-api-key'];
  if (key === realm.apiKey) return echo(incoming, null, 'api_key', realm);
  if (key === undefined) return unauthorized(realm, 'Bearer');
  return apiError(400, 'API key not valid. Please pass a valid API key.');
}

/** RFC 6750 §3.1: a request without any authentication is told no error code. */
function unauthorized(realm: Realm, challenge: string): Answer {
  realm.requests.count('unauthorized');
  return apiError(401, 'Request had invalid authentication credentials.', { 'www-authenticate': challenge });
}

function echo(
  { method, url, headers, body }: Incoming,
  user: string | null,
  credential: CredentialKind | 'api_key',
  realm: Realm,
): Answer {
  const path = `${url.pathname}${url.search}`;
  return jsonAnswer(200, { method, path, headers: withoutSecrets(headers, realm), body, user, credential });
}

function withoutSecrets(headers: IncomingHttpHeaders, { accessTokens }: Realm): IncomingHttpHeaders {
  const shown = { ...headers };
  if (headers.authorization !== undefined) shown.authorization = bearerLabel(headers.authorization, accessTokens);
  if (headers['x-goog-api-key'] !== undefined) shown['x-goog-api-key'] = '<API key>';
  return shown;
}
