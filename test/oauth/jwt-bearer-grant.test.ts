import { expect, test } from 'vitest';
import { jwtBearerRequest, readIdTokenResponse } from '../../src/oauth/jwt-bearer-grant.js';
import { httpAnswer } from '../fixtures/http-answer.js';

const CONTEXT = { sentAt: 0, secrets: ['the-assertion'] };

test('The request carries the assertion as a form, and may be repeated', () => {
  const request = jwtBearerRequest('https://oauth2.googleapis.com/token', 'a.b.c', { 'x-goog-api-client': 'gl-node' });

  expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: 'a.b.c',
  });
  expect(request.headers).toMatchObject({ 'x-goog-api-client': 'gl-node' });
  expect(request.resend).toBe(true);
});

test('The ID token of the answer is read', () => {
  expect(readIdTokenResponse(httpAnswer(200, { id_token: 'x.y.z' }), CONTEXT)).toBe('x.y.z');
});

test.each([{}, { id_token: '' }, { id_token: 7 }, []])(
  'F12 An answer without an ID token is unexpected: %j',
  (body) => {
    expect(() => readIdTokenResponse(httpAnswer(200, body), CONTEXT)).toThrow(
      expect.objectContaining({ code: 'unexpected_response', retryable: true }),
    );
  },
);

test('F11 A refusal is judged by its word, whatever the status', () => {
  expect(() => readIdTokenResponse(httpAnswer(200, { error: 'invalid_grant' }), CONTEXT)).toThrow(
    expect.objectContaining({ code: 'invalid_grant' }),
  );
});

test('F11 An error that is no word is no grant either, whatever stands beside it', () => {
  expect(() => readIdTokenResponse(httpAnswer(200, { error: { code: 403 }, id_token: 'x.y.z' }), CONTEXT)).toThrow(
    expect.objectContaining({ code: 'unexpected_response' }),
  );
});
