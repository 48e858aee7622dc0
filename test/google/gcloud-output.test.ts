import { describe, expect, test } from 'vitest';
import { readAccessToken, readComplaint, readConfigHelper } from '../../src/google/gcloud-output.js';

function helper(credential: object): string {
  return JSON.stringify(
    { configuration: { properties: { core: { account: 'ann@example.com' } } }, credential },
    null,
    2,
  );
}

describe('readConfigHelper', () => {
  test('It gives the token and when that ends', () => {
    const text = helper({ access_token: 'ya29.x', id_token: null, token_expiry: '2026-01-02T03:04:05Z' });

    expect(readConfigHelper(text)).toEqual({ accessToken: 'ya29.x', expiresAt: Date.UTC(2026, 0, 2, 3, 4, 5) });
  });

  test.each([null, '', undefined, 'soon', '2026-01-02T03:04:05', '2026-13-02T03:04:05Z', 1_700_000_000, {}])(
    'F17 F18 An expiry of %j is one that gcloud does not tell',
    (token_expiry) => {
      expect(readConfigHelper(helper({ access_token: 'ya29.x', token_expiry }))).toEqual({
        accessToken: 'ya29.x',
        expiresAt: undefined,
      });
    },
  );

  test.each([
    ...['', 'ya29.x', '[]', 'null', '{}', '{"credential":null}', '{"credential":[]}', '{"credential":'],
    ...['', 'a b', 'a\nb', 'ü', null, 5].map((access_token) => helper({ access_token })),
    '{"__proto__":{"credential":{"access_token":"ya29.x"}}}',
  ])('F24 F81 There is no token in %j', (text) => {
    expect(readConfigHelper(text)).toBeUndefined();
  });
});

describe('readAccessToken', () => {
  test('It is the only word', () => {
    expect(readAccessToken(' ya29.x\r\n')).toEqual({ accessToken: 'ya29.x', expiresAt: undefined });
  });

  test.each(['', '\n', 'WARNING: old\nya29.x\n', 'a b', 'ü'])('There is no token in %j', (text) => {
    expect(readAccessToken(text)).toBeUndefined();
  });
});

describe('readComplaint', () => {
  test('It is what follows the first error, without the advice and what was warned of before', () => {
    const stderr =
      'WARNING: Python 3.9 is old.\n\n\u001b[1;31mERROR:\u001b[0m (gcloud.auth.print-access-token) Nobody\nis here.\nPlease run:\r\n\r\n  $ gcloud auth login\n';

    expect(readComplaint(stderr, '')).toBe('Nobody is here.');
  });

  test('Without an error it is the first paragraph, and of nothing it is nothing', () => {
    expect(readComplaint('sh: 1: python: not found\n\nmore', '')).toBe('sh: 1: python: not found');
    expect(readComplaint(' \n', '')).toBeUndefined();
  });

  test('F79 It is capped, and of one line', () => {
    expect(readComplaint(`a\tb\u0007${'c d '.repeat(1_000)}`, '')).toMatch(/^a b .{1,298}…$/);
  });

  test.each([
    'ya29.a0AfB_by-secret.more',
    '1//0g-refresh-secret',
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln',
    'GOCSPX-client-secret',
    'x'.repeat(40),
  ])('F79 What looks like a token is masked: %s', (secret) => {
    expect(readComplaint(`ERROR: cannot use [${secret}] here`, '')).toBe('cannot use [[redacted]] here');
  });

  test('F79 So is a token of any form that was printed', () => {
    const stdout = '{"access_token": "an-odd-token-value"}';

    expect(readComplaint('ERROR: an-odd-token-value is odd', stdout)).toBe('[redacted] is odd');
  });
});
