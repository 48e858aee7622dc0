import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RefreshError } from '../../src/errors.js';
import { readTokenResponse, type TokenResponse } from '../../src/oauth/token-response.js';
import { httpAnswer, thrownBy } from '../fixtures/http-answer.js';

const SENT_AT = Date.UTC(2025, 0, 1, 12);
const CONTEXT = { sentAt: SENT_AT, secrets: ['1//the-refresh-token'] };
const YEAR_MS = 365 * 86_400_000;

let notices: unknown[];
const note = (message: unknown): void => {
  notices.push(message);
};

beforeEach(() => {
  notices = [];
  subscribe('credence:notice', note);
});

afterEach(() => {
  unsubscribe('credence:notice', note);
});

/** The fields of an ordinary answer; one that is given as undefined is missing. */
function granted(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ access_token: 'ya29.token', expires_in: 3600, token_type: 'Bearer', ...fields });
}

function read(body: string, headers?: Readonly<Record<string, string>>): TokenResponse {
  return readTokenResponse(httpAnswer(200, body, headers), CONTEXT);
}

function refusal(body: string, status = 200): unknown {
  return thrownBy(() => readTokenResponse(httpAnswer(status, body), CONTEXT));
}

describe('A token answer', () => {
  it('gives the token, its end counted from before the request was sent, and all that came with it', () => {
    const answer = read(granted({ refresh_token: 'next', id_token: 'a.b.c', scope: 'a b', extra: 1 }));

    expect(answer).toEqual({
      accessToken: 'ya29.token',
      expiresAt: SENT_AT + 3_600_000,
      expiryAssumed: false,
      refreshToken: 'next',
      idToken: 'a.b.c',
      scope: 'a b',
    });
    expect(Object.isFrozen(answer)).toBe(true);
    expect(notices).toEqual([]);
  });

  it.each([200, 201, 203])('is one with the status %i', (status) => {
    expect(readTokenResponse(httpAnswer(status, granted()), CONTEXT).accessToken).toBe('ya29.token');
  });

  it('is read behind a byte order mark and under any content type', () => {
    expect(read(`\uFEFF${granted()}`, { 'content-type': 'text/plain' }).accessToken).toBe('ya29.token');
  });
});

describe('The lifetime', () => {
  it.each([undefined, null])('F17 is taken for five minutes where expires_in is %j, and marked as assumed', (value) => {
    expect(read(granted({ expires_in: value }))).toMatchObject({
      expiresAt: SENT_AT + 300_000,
      expiryAssumed: true,
    });
  });

  it.each([
    ['1', 1],
    ['3599', 3599],
    ['"3599"', 3599],
    ['" 3599 "', 3599],
    ['"3599.9"', 3599],
    ['3599.9', 3599],
    ['1.5', 1],
    ['3.6e3', 3600],
    ['2592000', 2_592_000],
  ])('F18 is read from %s', (json, seconds) => {
    const answer = read(granted().replace('3600', json));

    expect(answer).toMatchObject({ expiresAt: SENT_AT + seconds * 1000, expiryAssumed: false });
    expect(notices).toEqual([]);
  });

  it.each([
    '0',
    '-0',
    '-1',
    '-3600',
    '0.9',
    '"0"',
    '"-1"',
    '""',
    '" "',
    '"NaN"',
    '"soon"',
    '-1e999',
    'true',
    '[3600]',
    '{}',
  ])('F18 of %s makes a token that has already ended, to be asked for again after a second', (json) => {
    const error = refusal(granted().replace('3600', json));

    expect(error).toMatchObject({
      code: 'token_already_expired',
      retryable: true,
      nextAttemptAt: SENT_AT + 1_000,
    });
  });

  it.each(['2592001', '3600000', '"3600000"'])('F18 of %s is believed, and told as perhaps milliseconds', (json) => {
    const answer = read(granted().replace('3600', json));

    expect(answer.expiresAt).toBe(SENT_AT + Number(json.replaceAll('"', '')) * 1000);
    expect(notices).toEqual([expect.objectContaining({ name: 'lifetime_suspect' })]);
  });

  it.each(['31536001', '1e12', '1e999', '"Infinity"'])('F18 of %s is cut to a year', (json) => {
    expect(read(granted().replace('3600', json)).expiresAt).toBe(SENT_AT + YEAR_MS);
    expect(notices).toEqual([expect.objectContaining({ name: 'lifetime_suspect' })]);
  });
});

describe('The token type', () => {
  it.each([undefined, null, 'Bearer', 'bearer', 'BEARER'])('F23 of %j is a bearer token', (type) => {
    expect(read(granted({ token_type: type })).accessToken).toBe('ya29.token');
  });

  it.each(['DPoP', 'mac', 'N_A', '', ' Bearer', 'Bearer ', 'Bearer\r\n', 7, true, ['Bearer'], {}])(
    'F23 of %j is refused for good, and not quoted',
    (type) => {
      const error = refusal(granted({ token_type: type }));

      expect(error).toMatchObject({ code: 'unsupported_token_type', retryable: false });
      expect(String(error)).not.toContain('DPoP');
    },
  );
});

describe('The access token', () => {
  it.each([undefined, null, '', 7, true, {}, ['ya29.token']])('F12 of %j is none', (token) => {
    expect(refusal(granted({ access_token: token }))).toMatchObject({
      code: 'unexpected_response',
      retryable: true,
      status: 200,
    });
  });

  it.each(['a\r\nx-injected: 1', 'a\n', '\ra', 'a\0', 'a b', ' a', 'a\t', 'tök', 'a\u007f', 'x'.repeat(65_537)])(
    'F24 of %j is not used, and not quoted',
    (token) => {
      const error = refusal(granted({ access_token: token }));

      expect(error).toMatchObject({ code: 'unsafe_token', retryable: false });
      expect(inspect(error)).not.toContain('injected');
    },
  );

  it('F24 may be 64 KiB long', () => {
    expect(read(granted({ access_token: 'x'.repeat(65_536) })).accessToken).toHaveLength(65_536);
  });
});

describe('What may be missing', () => {
  it.each([undefined, null, '', 7, {}])('F21 is the refresh token: %j is no new one', (value) => {
    expect(read(granted({ refresh_token: value })).refreshToken ?? '').toBe('');
  });

  it.each([undefined, null, 7, ['a']])('F22 are the granted scopes: %j names none', (value) => {
    expect(read(granted({ scope: value })).scope).toBeUndefined();
  });

  it.each([undefined, null, 7])('is the ID token: %j is none', (value) => {
    expect(read(granted({ id_token: value })).idToken).toBeUndefined();
  });
});

describe('An answer that grants nothing', () => {
  it.each([
    '',
    ' ',
    '{',
    '{"access_token":"ya29.tok',
    'ya29.token',
    '[]',
    '["ya29.token"]',
    'null',
    '"ya29.token"',
    '7',
  ])('F9 is one with the body %j, which is not quoted', (body) => {
    const error = refusal(body);

    expect(error).toBeInstanceOf(RefreshError);
    expect(error).toMatchObject({ code: 'unexpected_response', retryable: true, status: 200 });
    expect(String(error)).toContain(`application/json, ${String(body.length)} characters`);
    expect(inspect(error)).not.toContain('ya29');
  });

  it('F10 is a web page with 200, of which type and length are told', () => {
    const page = '<!doctype html><title>Sign in to the hotel</title>';

    const error = thrownBy(() => read(page, { 'content-type': 'text/html; charset=utf-8' }));

    expect(error).toMatchObject({ code: 'unexpected_response', retryable: true });
    expect(String(error)).toContain(`text/html, ${String(page.length)} characters`);
    expect(String(error)).not.toContain('hotel');
  });

  it('F12 is an empty object, whatever the success status, which the error tells', () => {
    expect(refusal('{}', 201)).toMatchObject({ code: 'unexpected_response', status: 201 });
    expect(refusal('', 204)).toMatchObject({ code: 'unexpected_response', status: 204 });
  });

  it.each([
    ['invalid_grant', 'invalid_grant', false],
    ['invalid_client', 'request_refused', false],
    ['server_error', 'server_unavailable', true],
    ['', 'unexpected_response', true],
    [false, 'unexpected_response', true],
    [{ code: 401 }, 'unexpected_response', true],
  ])('F11 is one with 200, a token and the error %j', (word, code, retryable) => {
    expect(refusal(granted({ error: word }))).toMatchObject({ code, retryable, status: 200 });
  });

  it('F11 is not one whose error is null', () => {
    expect(read(granted({ error: null })).accessToken).toBe('ya29.token');
  });

  it.each([199, 300, 302, 400, 401, 403, 418, 429, 500])('F15 is one with %i, though it holds a token', (status) => {
    expect(refusal(granted(), status)).toBeInstanceOf(RefreshError);
    expect(refusal(granted(), status)).toMatchObject({ status });
  });

  it('F81 is one whose token stands under __proto__ or constructor', () => {
    const body = '{"__proto__":{"access_token":"evil"},"constructor":{"access_token":"evil"},"expires_in":3600}';

    expect(refusal(body)).toMatchObject({ code: 'unexpected_response' });
  });

  it('F81 cannot borrow members from a polluted prototype', () => {
    const body = granted({ access_token: undefined });
    Object.defineProperty(Object.prototype, 'access_token', { value: 'evil', configurable: true });

    try {
      expect(refusal(body)).toMatchObject({ code: 'unexpected_response' });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'access_token');
    }
  });

  it('F79 tells no secret that its error echoes', () => {
    const error = refusal(JSON.stringify({ error: 'invalid_grant', error_description: 'not 1//the-refresh-token' }));

    expect(inspect(error)).not.toContain('the-refresh-token');
    expect(String(error)).toContain('[redacted]');
  });
});

describe('The clock of the server', () => {
  const dated = (offsetMs: number): Record<string, string> => ({ date: new Date(SENT_AT + offsetMs).toUTCString() });

  it.each([
    [61_000, '61 s'],
    [-61_000, '-61 s'],
    [3_600_000, '3600 s'],
  ])('F20 is told to the operator where it is %i ms from ours', (offsetMs, shown) => {
    read(granted(), dated(offsetMs));

    expect(notices).toEqual([{ name: 'clock_skew', message: expect.stringContaining(` ${shown}.`), code: undefined }]);
  });

  it('F20 is told of whoever answered', () => {
    const headers = { date: new Date(SENT_AT + 120_000).toUTCString() };

    readTokenResponse(httpAnswer(200, granted(), headers), { ...CONTEXT, endpoint: 'metadata server' });

    expect(notices).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^The metadata server's clock differs/) }),
    ]);
  });

  it.each([0, 60_000, -60_000])('F20 is not told where it is %i ms from ours', (offsetMs) => {
    read(granted(), dated(offsetMs));

    expect(notices).toEqual([]);
  });

  it.each(['', 'yesterday'])('F20 is not told where the date is %j', (date) => {
    read(granted(), { date });

    expect(notices).toEqual([]);
  });

  it('F20 is told for a refusal too: a wrong clock may be its reason', () => {
    const answer = httpAnswer(400, { error: 'invalid_grant' }, dated(600_000));

    expect(() => readTokenResponse(answer, CONTEXT)).toThrow(RefreshError);

    expect(notices).toEqual([expect.objectContaining({ name: 'clock_skew' })]);
  });

  it('F20 does not move the end of the token, which counts from our own clock', () => {
    expect(read(granted(), dated(600_000)).expiresAt).toBe(SENT_AT + 3_600_000);
  });
});
