import { describe, expect, test } from 'vitest';
import { TransportError } from '../../src/errors.js';
import { isRetryable } from '../../src/transport/retryable.js';
import type { HttpResponse } from '../../src/transport/transport.js';

const REQUEST = { method: 'POST', url: 'https://example.com' };
const ONCE = { ...REQUEST, resend: false };

describe('Answers', () => {
  test.each([408, 429, 500, 502, 503, 504])('with status %i pass, for every request', (status) => {
    expect([isRetryable(answer(status, ''), REQUEST), isRetryable(answer(status, ''), ONCE)]).toEqual([true, true]);
  });

  test.each([200, 204, 302, 400, 401, 403, 404, 409, 501, 505])('with status %i do not pass', (status) => {
    expect(isRetryable(answer(status, '{"error":"invalid_grant"}'), REQUEST)).toBe(false);
  });

  test.each(['internal_failure', 'server_error', 'temporarily_unavailable'])(
    'with the word %s pass where they are refusals',
    (word) => {
      const bodies = [{ error: word }, { error: 'other', error_description: word }].map((body) => JSON.stringify(body));

      expect(bodies.map((body) => isRetryable(answer(400, body), REQUEST))).toEqual([true, true]);
      expect(isRetryable(answer(200, JSON.stringify({ error: word })), REQUEST)).toBe(false);
    },
  );

  test.each([
    '',
    'server_error',
    '["server_error"]',
    '{"error":"server_error!"}',
    '{"error":["server_error"]}',
    '{"error":{"error":"server_error"}}',
    '{',
  ])('with the body %j do not pass', (body) => {
    expect(isRetryable(answer(400, body), REQUEST)).toBe(false);
  });
});

describe('Failures', () => {
  test.each([
    [true, false, true, true],
    [true, true, true, false],
    [false, false, false, false],
    [false, true, false, false],
  ])(
    'retryable %s and sent %s may be sent again: %s; where it may be spent once: %s',
    (retryable, sent, again, onceAgain) => {
      const outcome = { error: new TransportError('network_failed', 'x', { retryable, sent }) };

      expect([isRetryable(outcome, REQUEST), isRetryable(outcome, ONCE)]).toEqual([again, onceAgain]);
    },
  );

  test('that are no TransportError are not passed over', () => {
    expect(isRetryable({ error: new TypeError('x') }, REQUEST)).toBe(false);
  });
});

function answer(status: number, body: string): { response: HttpResponse } {
  return { response: { status, headers: { get: () => null }, body } };
}
