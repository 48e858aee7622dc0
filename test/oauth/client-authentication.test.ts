import { expect, test } from 'vitest';
import { authenticateClient } from '../../src/oauth/client-authentication.js';

const CLIENT = { clientId: 'client:one', clientSecret: 'p@ss word/ü' };

test('In the header both are encoded as form values first, so that a colon does no harm', () => {
  const { headers, parameters } = authenticateClient(CLIENT, 'client_secret_basic');

  const pair = Buffer.from(String(headers['authorization']).slice('Basic '.length), 'base64').toString();
  expect(pair).toBe('client%3Aone:p%40ss+word%2F%C3%BC');
  expect(parameters).toEqual({});
});

test('In the form they stand as parameters', () => {
  const { headers, parameters } = authenticateClient(CLIENT, 'client_secret_post');

  expect(parameters).toEqual({ client_id: 'client:one', client_secret: 'p@ss word/ü' });
  expect(headers).toEqual({});
});
