import { describe, expect, test } from 'vitest';
import { isMetadataAnswer, readMetadataText, readMetadataToken } from '../../src/google/metadata-answer.js';
import { httpAnswer, thrownBy } from '../fixtures/http-answer.js';

const CONTEXT = { sentAt: 1_000, receivedAt: 2_000, host: 'metadata', asked: 'the project id' };
const FLAVOR = { 'metadata-flavor': 'Google' };
const TOKEN = { access_token: 'ya29.secret', expires_in: 3_599, token_type: 'Bearer' };

test('A token lives from before its request was sent.', () => {
  const answer = readMetadataToken(httpAnswer(200, TOKEN, FLAVOR), CONTEXT);

  expect(answer.accessToken).toBe('ya29.secret');
  expect(answer.expiresAt).toBe(1_000 + 3_599_000);
});

test('A value is read without the white space around it.', () => {
  expect(readMetadataText(httpAnswer(200, ' my-project\n', FLAVOR), CONTEXT)).toBe('my-project');
});

test('A value must be like those that are asked for, where it is known what they are like.', () => {
  const isShort = (text: string): boolean => text.length < 3;

  const error = thrownBy(() => readMetadataText(httpAnswer(200, 'long', FLAVOR), CONTEXT, isShort));

  expect(readMetadataText(httpAnswer(200, 'ab\n', FLAVOR), CONTEXT, isShort)).toBe('ab');
  expect(error).toMatchObject({ code: 'unexpected_response' });
});

test.each(['', ' \n', '<html>not a value</html>', 'two words', 'naïve'])(
  'A value that is no single word of visible ASCII is not taken: %j.',
  (body) => {
    const error = thrownBy(() => readMetadataText(httpAnswer(200, body, FLAVOR), CONTEXT));

    expect(error).toMatchObject({ code: 'unexpected_response', retryable: true });
  },
);

test.each([{}, { access_token: '' }, 'no JSON'])('An answer without a token is not taken for one: %j.', (body) => {
  const error = thrownBy(() => readMetadataToken(httpAnswer(200, body, FLAVOR), CONTEXT));

  expect(error).toMatchObject({ code: 'unexpected_response' });
});

test.each([
  ['no JSON', 'unexpected_response'],
  [{}, 'unexpected_response'],
  [{ ...TOKEN, token_type: 'mac' }, 'unsupported_token_type'],
  [{ ...TOKEN, access_token: 'a b' }, 'unsafe_token'],
  [{ ...TOKEN, expires_in: 0 }, 'token_already_expired'],
  [{ error: 'invalid_scope' }, 'request_refused'],
  [{ error: 'server_error' }, 'server_unavailable'],
])('What is wrong with %j is said of the metadata server, and of no token endpoint.', (body, code) => {
  const error = thrownBy(() => readMetadataToken(httpAnswer(200, body, FLAVOR), CONTEXT));

  expect(error).toMatchObject({ code });
  expect(String(error)).toMatch(/[Tt]he (?:answer of the )?metadata server/);
  expect(String(error)).not.toMatch(/token endpoint|client secret/);
});

describe('F10 Whatever is not signed as Google’s is not believed, whatever it says', () => {
  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another flavor', { 'metadata-flavor': 'Amazon' }],
    ['another header', { server: 'Metadata Server for VM' }],
  ])('with %s', (_, headers) => {
    const error = thrownBy(() => readMetadataToken(httpAnswer(200, TOKEN, headers), CONTEXT));

    expect(error).toMatchObject({ code: 'metadata_unavailable', retryable: true, status: 200 });
    expect(String(error)).not.toContain('ya29');
  });

  test('with a redirect, or a refusal', () => {
    for (const status of [302, 404]) {
      const error = thrownBy(() => readMetadataText(httpAnswer(status, 'x', {}), CONTEXT));

      expect(error).toMatchObject({ code: 'metadata_unavailable', status });
    }
  });
});

test.each([
  [404, /service account/],
  [403, /Workload Identity/],
  [400, /scopes/],
  [302, /service account/],
])('A refusal with %d is final, and says what to do.', (status, advice) => {
  const error = thrownBy(() => readMetadataToken(httpAnswer(status, 'secret body', FLAVOR), CONTEXT));

  expect(error).toMatchObject({ code: 'metadata_refused', retryable: false, status });
  expect(String(error)).toMatch(advice);
  expect(String(error)).toContain('the project id');
  expect(String(error)).not.toContain('secret body');
});

test.each([408, 429, 500, 502, 503, 504])('F2 With %d the server is unavailable for now, signed or not.', (status) => {
  for (const headers of [FLAVOR, {}]) {
    const error = thrownBy(() => readMetadataToken(httpAnswer(status, '', headers), CONTEXT));

    expect(error).toMatchObject({ code: 'metadata_unavailable', retryable: true, status });
  }
});

test('F3 Retry-After tells when the next attempt is due.', () => {
  const headers = { ...FLAVOR, 'retry-after': '7' };

  const error = thrownBy(() => readMetadataToken(httpAnswer(503, '', headers), CONTEXT));

  expect(error).toMatchObject({ nextAttemptAt: 2_000 + 7_000 });
});

test('The flavor is read with white space around it, and in its own case only.', () => {
  expect(isMetadataAnswer(httpAnswer(200, '', { 'Metadata-Flavor': 'Google ' }))).toBe(true);
  expect(isMetadataAnswer(httpAnswer(200, '', { 'Metadata-Flavor': 'google' }))).toBe(false);
});
