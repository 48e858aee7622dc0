import { expect, test } from 'vitest';
import { TransportError } from '../../src/errors.js';
import type { Transport, TransportRequest } from '../../src/transport/transport.js';
import { fetchKeys } from '../../src/verification/key-fetch.js';
import { httpAnswer } from '../fixtures/http-answer.js';
import { answering, ISSUER_JWKS, keysAnswer } from '../fixtures/id-tokens.js';
import { certificateOf, RSA } from '../fixtures/keys.js';

const URL = 'https://issuer.example/keys?secret-query';

test('The keys come with their lifetime', async () => {
  const fetched = await fetchKeys(URL, answering(keysAnswer(ISSUER_JWKS, 600)).transport);

  expect('keys' in fetched && fetched.keys.keyIds).toEqual(['rsa', 'p256', 'p384']);
  expect(fetched).toMatchObject({ lifetimeMs: 600_000 });
});

test('A map of certificates is recognised by its shape', async () => {
  const fetched = await fetchKeys(URL, answering(keysAnswer({ one: certificateOf(RSA) })).transport);

  expect('keys' in fetched && fetched.keys.get('one')?.key.equals(RSA.publicKey)).toBe(true);
});

test('One frozen request is made, without a secret', async () => {
  const requests: TransportRequest[] = [];
  const transport: Transport = async (request) => {
    requests.push(request);
    return keysAnswer();
  };

  await fetchKeys(URL, transport);

  expect(requests).toEqual([{ method: 'GET', url: URL, headers: { accept: 'application/json' } }]);
  expect(Object.isFrozen(requests[0])).toBe(true);
});

test.each([
  ['a status that is not 200', httpAnswer(404, ISSUER_JWKS), '404'],
  ['a redirect', httpAnswer(302, '', { location: 'https://elsewhere.example/' }), '302'],
  ['an answer that may not have a body', httpAnswer(203, ISSUER_JWKS), '203'],
  ['a web page', httpAnswer(200, '<html>Please sign in.</html>'), 'no JSON object'],
  ['an empty set', httpAnswer(200, { keys: [] }), 'no key'],
  ['an error in JSON', httpAnswer(200, { error: 'secret-body' }), 'no key'],
])('F26 There are no keys in %s', async (_, answer, reason) => {
  const { failure } = await fetchKeys(URL, answering(answer).transport);

  expect(failure).toMatchObject({ code: 'certificates_unavailable', retryable: true });
  expect(failure?.message).toContain(reason);
  expect(failure?.message).toContain('issuer.example:443');
  expect(failure?.message).not.toMatch(/secret/);
});

test('F26 The failure of the transport is told as the cause', async () => {
  const cause = new TransportError('tls_failed', 'No secure connection.');

  const { failure } = await fetchKeys(URL, answering(cause).transport);

  expect(failure).toMatchObject({ code: 'certificates_unavailable', retryable: true, cause });
});

test('It never rejects, whatever the transport throws', async () => {
  // eslint would have an Error thrown; a transport of the user's may do as it likes.
  const thrower =
    (value: unknown): Transport =>
    () =>
      Promise.reject(value);

  for (const thrown of [undefined, null, 'text', {}, new Error('x')]) {
    expect((await fetchKeys(URL, thrower(thrown))).failure).toMatchObject({ code: 'certificates_unavailable' });
  }
});
