import { describe, expect, it } from 'vitest';
import { answerBody, readGrantedScopes, readGrantedToken, unexpectedAnswer } from '../../src/tokens/token-answer.js';
import { thrownBy } from '../fixtures/http-answer.js';

const SENT_AT = Date.UTC(2025, 0, 1, 12);
const SECRET = 'ya29.a0TopSecret';

describe('The body of an answer', () => {
  it.each([JSON.stringify({ access_token: SECRET }), { access_token: SECRET }])(
    'is read as text and as an object, by its own members',
    (response) => {
      const body = answerBody(response);

      expect(Object.entries(body)).toEqual([['access_token', SECRET]]);
      expect(body.constructor).toBeUndefined();
    },
  );

  it.each([7, true, null, undefined])('is no %j', (response) => {
    expect(() => answerBody(response)).toThrow(/^"response" must be the body of a token response/);
  });

  it.each(['', '<html>', `["${SECRET}"]`, `{"access_token": "${SECRET}"`, [SECRET]])(
    'F10 is not believed where it holds no object, and not quoted: %j',
    (response) => {
      const error = thrownBy(() => answerBody(response));

      expect(error).toMatchObject({ code: 'unexpected_response', retryable: true });
      expect(String(error)).not.toContain(SECRET);
    },
  );

  it('F11 grants nothing where it is an error, whatever else it holds', () => {
    const error = thrownBy(() => answerBody({ error: 'invalid_grant', access_token: SECRET }));

    expect(error).toMatchObject({ code: 'request_refused', retryable: false });
  });
});

describe('The token of an answer', () => {
  it('ends so long after the request was sent', () => {
    const granted = readGrantedToken({ access_token: SECRET, expires_in: '60' }, { sentAt: SENT_AT });

    expect(granted).toEqual({ accessToken: SECRET, expiresAt: SENT_AT + 60_000, expiryAssumed: false });
    expect(Object.isFrozen(granted)).toBe(true);
  });

  it('F17 is given five minutes where the answer names no lifetime', () => {
    const granted = readGrantedToken({ access_token: SECRET }, { sentAt: SENT_AT });

    expect(granted).toMatchObject({ expiresAt: SENT_AT + 300_000, expiryAssumed: true });
  });

  it('F12 is missed with the status of the answer', () => {
    const error = thrownBy(() => readGrantedToken({}, { sentAt: SENT_AT, status: 200 }));

    expect(error).toMatchObject({ code: 'unexpected_response', status: 200 });
  });
});

it.each([
  ['b a b', ['b', 'a']],
  ['', undefined],
  ['  ', undefined],
  ['"quoted"', undefined],
  [7, undefined],
  [undefined, undefined],
])('Scopes are read from %j as %j: none is no reason to lose a token.', (scope, scopes) => {
  expect(readGrantedScopes(scope)).toEqual(scopes);
});

it('An answer that is none may be asked for again.', () => {
  const error = unexpectedAnswer({ status: 200 }, 'is odd.');

  expect(error).toMatchObject({
    message: 'The answer of the token endpoint is odd.',
    code: 'unexpected_response',
    retryable: true,
    status: 200,
  });
});

it.each([
  [{}, 'The answer of the broker holds no access_token.'],
  [{ access_token: 'x', token_type: 'mac' }, 'The broker issued a token that is not a bearer token'],
  [{ access_token: 'a b' }, 'The broker issued a token with characters'],
  [{ access_token: 'x', expires_in: 0 }, 'The broker issued a token whose "expires_in" is zero'],
])('What is wrong with %j is said of whoever answered.', (body, words) => {
  expect(() => readGrantedToken(body, { sentAt: SENT_AT, endpoint: 'broker' })).toThrow(words);
});
