import { expect, test } from 'vitest';
import { answerOf } from '../../../src/testing/faults/fault-answer.js';
import type { Fault } from '../../../src/testing/faults/fault.js';

test('a status comes with its headers, under lower-case names, and an empty body', () => {
  expect(answerOf({ status: 503, headers: { 'Retry-After': '5' } })).toEqual({
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' },
    body: '',
  });
});

test('the body of a status is text as it stands, or an object as JSON', () => {
  expect(answerOf({ status: 400, body: 'nonsense' })).toMatchObject({ status: 400, body: 'nonsense' });
  expect(answerOf({ status: 400, body: { error: 'invalid_grant' } })).toMatchObject({
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: '{"error":"invalid_grant"}',
  });
});

test('a header of a status replaces the one it would have', () => {
  const answer = answerOf({ status: 200, headers: { 'Content-Type': 'application/json' }, body: '{' });

  expect(answer?.headers).toEqual({ 'content-type': 'application/json' });
});

test.each([[[1, 2]], [null], ['text'], [{ access_token: 7, expires_in: '3600' }]])(
  'JSON is sent as given: %j',
  (json) => {
    const answer = answerOf({ json });

    expect(answer?.status).toBe(200);
    expect(JSON.parse(answer?.body ?? '')).toEqual(json);
  },
);

test('JSON may come with another status', () => {
  expect(answerOf({ json: {}, status: 500 })?.status).toBe(500);
});

test('a web page comes with 200', () => {
  expect(answerOf({ html: true })).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
});

test('a redirect is a 307 unless told otherwise', () => {
  const redirect = 'http://127.0.0.2/';

  expect(answerOf({ redirect })).toMatchObject({ status: 307, headers: { location: redirect } });
  expect(answerOf({ redirect, status: 301 })?.status).toBe(301);
});

test.each<Fault>([{ hang: true }, { reset: 'before' }, { slowBody: 1 }, { truncate: 1 }, { bytes: 2 }, { delayMs: 1 }])(
  'there is no answer of its own to %j',
  (fault) => {
    expect(answerOf(fault)).toBeUndefined();
  },
);
