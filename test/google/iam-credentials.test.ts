import { describe, expect, test } from 'vitest';
import { iamRequest, iamUrl, readField, readSignedBlob, signBlobRequest } from '../../src/google/iam-credentials.js';
import { httpAnswer, thrownBy } from '../fixtures/http-answer.js';

const CALL = { universeDomain: 'googleapis.com', email: 'sa@p.iam.gserviceaccount.com' };
const CONTEXT = {
  email: CALL.email,
  code: 'signing_failed',
  receivedAt: 1_000,
  secrets: ['ya29.secret-token'],
} as const;
const URL_START = 'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/sa%40p.iam.gserviceaccount.com:';

describe('Requests', () => {
  test('go to the method of the service account, in its universe.', () => {
    expect(iamUrl(CALL, 'signBlob')).toBe(`${URL_START}signBlob`);
    expect(iamUrl({ ...CALL, universeDomain: 'example.goog' }, 'x')).toMatch(
      /^https:\/\/iamcredentials\.example\.goog\//,
    );
  });

  test('carry the headers of the caller, and JSON.', () => {
    const request = iamRequest({ ...CALL, headers: { authorization: 'Bearer x' } }, 'any', { a: 1 });

    expect(request.method).toBe('POST');
    expect(request.headers).toEqual({
      authorization: 'Bearer x',
      'content-type': 'application/json',
      accept: 'application/json',
    });
    expect(request.body).toBe('{"a":1}');
  });

  test('name delegates only where there are some.', () => {
    expect(bodyOf(iamRequest(CALL, 'any', {}))).toEqual({});
    expect(bodyOf(iamRequest({ ...CALL, delegates: [] }, 'any', {}))).toEqual({});
    expect(bodyOf(iamRequest({ ...CALL, delegates: ['a', 'b'] }, 'any', {}))).toEqual({ delegates: ['a', 'b'] });
  });

  test('ask for signatures over bytes in base64.', () => {
    expect(bodyOf(signBlobRequest(CALL, new Uint8Array([251, 255])))).toEqual({ payload: '+/8=' });
  });
});

describe('Answers', () => {
  test('hold a signature in base64.', () => {
    expect(readSignedBlob(httpAnswer(200, { signedBlob: '+/8=' }), CONTEXT)).toEqual(new Uint8Array([251, 255]));
  });

  test('hold a field.', () => {
    expect(readField(httpAnswer(200, { signedJwt: 'a.b.c' }), 'signedJwt', CONTEXT)).toBe('a.b.c');
  });

  test.each([{}, { signedBlob: '' }, { signedBlob: 7 }, { signedBlob: 'no base64!' }, '<html>'])(
    'without a signature are not taken: %j.',
    (body) => {
      const error = thrownBy(() => readSignedBlob(httpAnswer(200, body), CONTEXT));

      expect(error).toMatchObject({ code: 'unexpected_response', retryable: true });
    },
  );

  test.each([
    [403, false, /Token Creator/],
    [404, false, /no such service account/],
    [401, false, /scopes/],
    [429, true, /unavailable/],
    [503, true, /unavailable/],
  ])('of %d are refusals, retryable: %s, and say what to do.', (status, retryable, advice) => {
    const error = thrownBy(() => readField(httpAnswer(status, {}), 'token', CONTEXT));

    expect(error).toMatchObject({ code: 'signing_failed', retryable, status });
    expect(String(error)).toMatch(advice);
  });

  test('F3 tell when the next attempt is due.', () => {
    const error = thrownBy(() => readField(httpAnswer(503, '', { 'retry-after': '2' }), 'token', CONTEXT));

    expect(error).toMatchObject({ nextAttemptAt: 3_000 });
  });

  test('F79 are quoted without the secrets of the request.', () => {
    const body = { error: { message: 'Permission denied for ya29.secret-token.' } };

    const error = thrownBy(() => readField(httpAnswer(403, body), 'token', CONTEXT));

    expect(error).toMatchObject({ errorDescription: 'Permission denied for [redacted].' });
    expect(String(error)).not.toContain('ya29');
  });
});

function bodyOf({ body }: { readonly body?: string }): unknown {
  return JSON.parse(body ?? '');
}
