import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { mintForClient } from '../../../src/credentials/client/client-minting.js';
import { clientOptions } from '../../../src/credentials/client/client-options.js';
import type { HttpResponse, TransportRequest } from '../../../src/transport/transport.js';
import { expectNoSecret, rejection } from '../../contract/secrets.js';
import { httpAnswer } from '../../fixtures/http-answer.js';

const OPTIONS = {
  tokenUri: 'https://as.example.com/token',
  clientId: 'client',
  clientSecret: 'secret-of-client',
  scopes: ['read', 'write'],
};

async function mint(answer: HttpResponse, options: object = {}) {
  const clock = manualClock();
  const requests: TransportRequest[] = [];
  const minting = mintForClient(clientOptions({ ...OPTIONS, clock, ...options }), async (request) => {
    requests.push(request);
    await clock.advance(1_000);
    return answer;
  });
  return { tokens: await minting, requests, clock };
}

test('The life of the token counts from before the request was sent', async () => {
  const { tokens, clock } = await mint(httpAnswer(200, { access_token: 'token', expires_in: 60 }));

  expect(tokens.accessToken.expiresAt).toBe(clock.now() - 1_000 + 60_000);
});

test('F22 The scopes are those that were granted, or, where the server names none, those that were asked for', async () => {
  const fewer = await mint(httpAnswer(200, { access_token: 'token', expires_in: 60, scope: 'read' }));
  const silent = await mint(httpAnswer(200, { access_token: 'token', expires_in: 60 }));

  expect(fewer.tokens.grantedScopes).toEqual(['read']);
  expect(silent.tokens.grantedScopes).toEqual(['read', 'write']);
});

test('F17 A server that names no lifetime is given five minutes', async () => {
  const { tokens } = await mint(httpAnswer(200, { access_token: 'token' }));

  expect(tokens.expiryAssumed).toBe(true);
});

test('The parameters that the server wants are sent', async () => {
  const { requests } = await mint(httpAnswer(200, { access_token: 'token', expires_in: 60 }), {
    parameters: { audience: 'api' },
    clientAuthentication: 'client_secret_post',
  });

  expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'secret-of-client',
    scope: 'read write',
    audience: 'api',
  });
});

test.each([
  [400, { error: 'invalid_scope' }, 'request_refused'],
  [401, { error: 'invalid_client', error_description: 'not secret-of-client' }, 'request_refused'],
  [400, { error: 'invalid_grant' }, 'invalid_grant'],
  [503, {}, 'server_unavailable'],
])('F79 A refusal is told without the secret: %i %j', async (status, body, code) => {
  const error = await rejection(mint(httpAnswer(status, body)));

  expect(error).toMatchObject({ code });
  expectNoSecret(error as Error);
});
