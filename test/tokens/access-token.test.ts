import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AccessToken, type AccessTokenDetails } from 'credence';

const SECRET = 'ya29.a0TopSecret';

describe('AccessToken', () => {
  it('holds the value, its end and its scopes, frozen', () => {
    const token = new AccessToken(SECRET, { expiresAt: 5_000, scopes: 'a b' });

    expect(token).toMatchObject({
      value: SECRET,
      authorization: `Bearer ${SECRET}`,
      tokenType: 'Bearer',
      expiresAt: 5_000,
    });
    expect(token.scopes).toEqual(['a', 'b']);
    expect(Object.isFrozen(token)).toBe(true);
    expect(() => Object.assign(token, { expiresAt: 1 })).toThrow(TypeError);
  });

  it('F78 prints as a label, however it is printed', () => {
    const token = new AccessToken(SECRET, { expiresAt: 0 });

    const shown = [
      String(token),
      JSON.stringify({ token }),
      inspect(token, { depth: 20, showHidden: true }),
      inspect({ a: [token] }),
    ];

    for (const text of shown) {
      expect(text).not.toContain(SECRET);
      expect(text).toMatch(/redacted access token fp=[0-9a-f]{8} expires 1970-01-01/);
    }
    expect(inspect(structuredClone(token))).not.toContain(SECRET);
  });

  it.each([8.64e15, -8.64e15, 0.5])('prints whatever end it accepts: %d', (expiresAt) => {
    expect(String(new AccessToken('x', { expiresAt }))).toMatch(/expires .*Z\]$/);
  });

  it('prints the same label for the same token, and another for another', () => {
    expect(String(new AccessToken('one'))).toBe(String(new AccessToken('one')));
    expect(String(new AccessToken('one'))).not.toBe(String(new AccessToken('two')));
  });

  it.each(['', 'a b', 'a\r\nb', 'a\0', 'ä', 'x'.repeat(65_537), 5, undefined, null])(
    'F24 refuses the value %j without quoting it',
    (value) => {
      expect(() => new AccessToken(value as string)).toThrow(/"value" must be a non-empty string of visible ASCII/);
    },
  );

  it('takes details spelt out as undefined', () => {
    const details: AccessTokenDetails = { expiresAt: undefined, scopes: undefined };

    expect(new AccessToken('x', details)).toMatchObject({ expiresAt: undefined, scopes: undefined });
  });

  it.each([{ expires_at: 1 }, { expiry: new Date(0) }, { expiresAt: 1, expiresIn: 3_600 }])(
    'F82 refuses details that it does not know: its end would be overlooked (%j)',
    (details) => {
      expect(() => new AccessToken('x', details as AccessTokenDetails)).toThrow(
        /^"details" must not hold "expir\w+": it takes expiresAt, scopes$/,
      );
    },
  );

  it.each([null, 5_000, 'never', new Date(0), [5_000], Object.create({ expiresAt: 1 })])(
    'F82 refuses details that are no plain object (%#)',
    (details) => {
      expect(() => new AccessToken('x', details as AccessTokenDetails)).toThrow(
        new TypeError('"details" must be a plain object'),
      );
    },
  );

  it('F81 takes no end from a polluted Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'expiresAt', { value: 1, configurable: true });

    try {
      expect(new AccessToken('x', {}).expiresAt).toBeUndefined();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'expiresAt');
    }
  });

  it.each([NaN, Infinity, 8.64e15 + 1, -1e300, '5', null])('refuses the end %s by its name', (expiresAt) => {
    expect(() => new AccessToken('x', { expiresAt: expiresAt as number })).toThrow(
      /"expiresAt" must be a finite number/,
    );
  });
});

describe('AccessToken.fromTokenResponse', () => {
  const SENT_AT = Date.UTC(2025, 0, 1, 12);

  it.each([JSON.stringify, (response: object) => response])('reads what a token endpoint answered', (written) => {
    const response = written({ access_token: SECRET, expires_in: 3600, token_type: 'Bearer', scope: 'a b' });

    const token = AccessToken.fromTokenResponse(response, { sentAt: SENT_AT });

    expect(token).toBeInstanceOf(AccessToken);
    expect(token).toMatchObject({ value: SECRET, expiresAt: SENT_AT + 3_600_000, scopes: ['a', 'b'] });
  });

  it.each([
    ['3600', 3_600_000],
    ['3599.9', 3_599_000],
    [undefined, 300_000],
  ])('F17 F18 gives it %j seconds, as %d ms', (seconds, ms) => {
    const token = AccessToken.fromTokenResponse({ access_token: SECRET, expires_in: seconds }, { sentAt: SENT_AT });

    expect(token.expiresAt).toBe(SENT_AT + ms);
  });

  it('counts from now where nobody says when it was asked for', () => {
    const before = Date.now();

    const { expiresAt } = AccessToken.fromTokenResponse({ access_token: SECRET, expires_in: 60 });

    expect(expiresAt).toBeGreaterThanOrEqual(before + 60_000);
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it('takes the scopes that were asked for where the answer names none', () => {
    const token = AccessToken.fromTokenResponse({ access_token: SECRET }, { scopes: 'a b' });

    expect(token.scopes).toEqual(['a', 'b']);
  });

  it.each([0, -1, 'soon'])('F18 refuses a lifetime of %j', (seconds) => {
    const read = (): unknown => AccessToken.fromTokenResponse({ access_token: SECRET, expires_in: seconds });

    expect(read).toThrow(expect.objectContaining({ code: 'token_already_expired' }));
  });

  it('says which argument is of the wrong type', () => {
    const read = (details: object) => () => AccessToken.fromTokenResponse({ access_token: SECRET }, details);

    expect(read({ sentAt: new Date() })).toThrow('"sentAt" must be a number of milliseconds since the epoch');
    expect(read({ scope: 'a' })).toThrow('"details" must not hold "scope"');
    expect(() => AccessToken.fromTokenResponse(7 as never)).toThrow('"response" must be');
  });
});
