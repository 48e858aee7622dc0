import { expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { checkTimes, type TimeTerms } from '../../src/verification/token-times.js';
import { NOW, someClaims } from '../fixtures/id-tokens.js';

const S = NOW / 1000;
const HOUR = 3_600_000;

function check(claims: object, { at = NOW, ...terms }: Partial<TimeTerms> & { at?: number } = {}): unknown {
  const defaults = { clockSkewMs: 0, maxLifetimeMs: 24 * HOUR, tellsSignIn: false };
  return checkTimes(toJsonObject(JSON.parse(JSON.stringify(someClaims(claims))))!, { ...defaults, ...terms }, at);
}

test('The beginning and the end are told in milliseconds', () => {
  expect(check({})).toEqual({ issuedAt: NOW, expiresAt: NOW + HOUR });
});

test('A token has ended at its end, and not a millisecond before', () => {
  expect(check({}, { at: NOW + HOUR - 1 })).toBeDefined();
  expect(() => check({}, { at: NOW + HOUR })).toThrow(expect.objectContaining({ code: 'token_expired' }));
});

test('The skew moves the end by as much', () => {
  const clockSkewMs = 30_000;

  expect(check({}, { clockSkewMs, at: NOW + HOUR + 29_999 })).toBeDefined();
  expect(() => check({}, { clockSkewMs, at: NOW + HOUR + 30_000 })).toThrow(
    expect.objectContaining({ code: 'token_expired', message: expect.stringContaining('30 s ago') }),
  );
});

test.each(['iat', 'nbf'])('A token begins at its "%s", and the skew moves that by as much', (name) => {
  const claims = { [name]: S + 30 };

  expect(check(claims, { at: NOW + 30_000 })).toBeDefined();
  expect(check(claims, { clockSkewMs: 30_000 })).toBeDefined();
  expect(() => check(claims, { clockSkewMs: 29_999 })).toThrow(
    expect.objectContaining({ code: 'token_not_yet_valid', message: expect.stringContaining(`"${name}"`) }),
  );
});

test.each(['iat', 'exp'])('"%s" must be there', (name) => {
  expect(() => check({ [name]: undefined })).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
});

test.each([
  { iat: '1' },
  { exp: String(S + 3600) },
  { exp: null },
  { nbf: null },
  { nbf: 'now' },
  { exp: S, iat: S + 1 },
  { iat: S + 10, exp: S + 10 },
])('Times must be numbers, and make sense: %j', (claims) => {
  const failing = (): unknown => check(claims, { clockSkewMs: 60_000 });

  expect(failing).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
});

test('A token may live for as long as is allowed, and not longer', () => {
  expect(check({ exp: S + 86_400 })).toBeDefined();
  expect(() => check({ exp: S + 86_401 })).toThrow(/longer than 86400 s/);
  expect(() => check({}, { maxLifetimeMs: HOUR - 1 })).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
});

test.each([
  [{ exp: 1e308 }, 'claim_invalid'],
  [{ exp: -1e308 }, 'token_expired'],
  [{ iat: 1e308, exp: 1e308 }, 'token_not_yet_valid'],
  [{ iat: -1e308 }, 'claim_invalid'],
])('Times out of all bounds are refused like others: %j', (claims, code) => {
  expect(() => check(claims)).toThrow(expect.objectContaining({ code }));
});

test('The sign-in must be told where the terms ask for it, and lie in the past', () => {
  const tellsSignIn = true;

  expect(check({ auth_time: S }, { tellsSignIn })).toBeDefined();
  expect(() => check({}, { tellsSignIn })).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
  expect(() => check({ auth_time: S + 1 }, { tellsSignIn })).toThrow(
    expect.objectContaining({ code: 'token_not_yet_valid' }),
  );
  expect(check({ auth_time: 'whenever' })).toBeDefined();
});
