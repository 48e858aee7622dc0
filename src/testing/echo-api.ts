/** An API that wants a live token, and answers with the request that it received. */
import type { IncomingHttpHeaders } from 'node:http';
import { bearerLabel, bearerToken } from './bearer-token.js';
import type { Answer, Endpoint, Incoming } from './http-exchange.js';
import { jsonAnswer } from './http-exchange.js';
import type { Realm } from './realm.js';

/** Makes the echo API of an emulator. */
export function echoApi(realm: Realm): Endpoint {
  return (incoming) => {
    const value = bearerToken(incoming.headers.authorization);
    if (value === undefined) return answerWithoutToken(incoming, realm);
    const token = realm.accessTokens.live(value, realm.clock.now());
    if (token !== undefined) return echo(incoming, token.holder.email, realm);
    realm.requests.count('deadTokens');
    return unauthorized(realm, 'Bearer error="invalid_token"');
  };
}

function answerWithoutToken(incoming: Incoming, realm: Realm): Answer {
  const key = incoming.headers['x-goog-api-key'];
  if (key === realm.apiKey) return echo(incoming, null, realm);
  if (key === undefined) return unauthorized(realm, 'Bearer');
  return apiError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.');
}

/** RFC 6750 §3.1: a request without any authentication is told no error code. */
function unauthorized(realm: Realm, challenge: string): Answer {
  realm.requests.count('unauthorized');
  const message = 'Request had invalid authentication credentials.';
  return apiError(401, 'UNAUTHENTICATED', message, { 'www-authenticate': challenge });
}

/** The shape in which Google's APIs report errors. */
function apiError(code: number, status: string, message: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer(code, { error: { code, message, status } }, headers);
}

function echo({ method, url, headers, body }: Incoming, user: string | null, realm: Realm): Answer {
  const path = `${url.pathname}${url.search}`;
  return jsonAnswer(200, { method, path, headers: withoutSecrets(headers, realm), body, user });
}

function withoutSecrets(headers: IncomingHttpHeaders, { accessTokens }: Realm): IncomingHttpHeaders {
  const shown = { ...headers };
  if (headers.authorization !== undefined) shown.authorization = bearerLabel(headers.authorization, accessTokens);
  if (headers['x-goog-api-key'] !== undefined) shown['x-goog-api-key'] = '<API key>';
  return shown;
}
