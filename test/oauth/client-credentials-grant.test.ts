import { expect, test } from 'vitest';
import { clientCredentialsRequest } from '../../src/oauth/client-credentials-grant.js';

const PARTS = {
  tokenUri: 'https://issuer.example/token',
  clientId: 'client',
  clientSecret: 'secret',
  clientAuthentication: 'client_secret_post',
} as const;

test('The request names grant, client, scopes and what the server wants besides', () => {
  const request = clientCredentialsRequest({ ...PARTS, scopes: ['a', 'b'], parameters: { audience: 'https://api' } });

  expect([request.method, request.url]).toEqual(['POST', 'https://issuer.example/token']);
  expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
    audience: 'https://api',
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'secret',
    scope: 'a b',
  });
});

test('Scopes that nobody named are left out', () => {
  const request = clientCredentialsRequest({ ...PARTS, scopes: [] });

  expect(new URLSearchParams(request.body).has('scope')).toBe(false);
});

test('With the secret in the header the form holds none', () => {
  const request = clientCredentialsRequest({ ...PARTS, clientAuthentication: 'client_secret_basic' });

  expect(request.headers?.['authorization']).toBe(`Basic ${btoa('client:secret')}`);
  expect(request.body).toBe('grant_type=client_credentials');
});

test('F8 It may be repeated after an unknown outcome', () => {
  expect(clientCredentialsRequest(PARTS).resend).toBe(true);
});
