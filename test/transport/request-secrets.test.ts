import { expect, test } from 'vitest';
import { clientCredentialsRequest } from '../../src/oauth/client-credentials-grant.js';
import { refreshGrantRequest } from '../../src/oauth/refresh-grant.js';
import { secretsOf } from '../../src/transport/request-secrets.js';

test('The secrets of a refresh are its token, the secret of the client, and the proof of reauthentication', () => {
  const request = refreshGrantRequest({
    tokenUri: 'https://example.com/token',
    refreshToken: 'r+/ t',
    clientId: 'id',
    clientSecret: 's&s',
    raptToken: 'rapt',
    headers: {},
    scopes: ['a'],
    resend: true,
  });

  expect(secretsOf(request)).toEqual(['s&s', 'r+/ t', 'rapt']);
});

test('The secret of a client is found in its authorization header, as it is and as it is sent', () => {
  const request = clientCredentialsRequest({
    tokenUri: 'https://example.com/token',
    clientId: 'id:1',
    clientSecret: 's: +/&',
    clientAuthentication: 'client_secret_basic',
  });

  expect(secretsOf(request)).toEqual([request.headers?.['authorization']?.slice('Basic '.length), 's: +/&']);
});

test('Secrets are found in the query and in headers of any case', () => {
  const url = 'https://example.com/x?alt=json&key=k1&access_token=t1';
  const headers = { Authorization: 'Bearer t2', 'X-Goog-Api-Key': 'k2', 'proxy-authorization': 'bare', accept: 'json' };

  expect(secretsOf({ method: 'GET', url, headers })).toEqual(['k1', 't1', 't2', 'k2', 'bare']);
});

test('A request without any has none', () => {
  expect(secretsOf({ method: 'GET', url: 'https://example.com/key' })).toEqual([]);
});
