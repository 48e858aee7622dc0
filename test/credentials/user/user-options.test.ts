import { describe, expect, it, vi } from 'vitest';
import { ConfigurationError, UserCredentials } from 'credence';

describe('wrong options', () => {
  it.each([
    'token',
    'refreshToken',
    'clientId',
    'clientSecret',
    'account',
    'refreshHandler',
    'onTokens',
    'onWarning',
    'scopes',
    'expiry',
  ])('%s of the wrong type is a TypeError that names it and does not quote it', (name) => {
    expect(() => new UserCredentials({ [name]: 4711 as never })).toThrow(new RegExp(`"${name}`));
    expect(() => new UserCredentials({ [name]: 4711 as never })).not.toThrow(/4711/);
  });

  it('F67 a token endpoint that must not get secrets is refused', () => {
    for (const tokenUri of [
      'http://example.com/token',
      'https://169.254.169.254/token',
      'ftp://x',
      'nonsense',
      'https://a:b@c/',
    ]) {
      expect(() => new UserCredentials({ tokenUri })).toThrow(ConfigurationError);
    }
  });
});

describe('a polluted prototype', () => {
  it.each(['onTokens', 'clock', 'file', 'keepers'])('F81 supplies no %s that is obeyed', async (name) => {
    const evil = vi.fn(() => 0);
    const value = name === 'onTokens' ? evil : { saves: true, now: evil, monotonic: evil, schedule: evil, sleep: evil };
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
    try {
      const credentials = new UserCredentials({
        ...(name === 'onTokens' ? {} : { onTokens: () => undefined }),
        refreshHandler: () => ({ token: 't', expiry: new Date(Date.now() + 3_600_000) }),
      });

      await credentials.refresh();

      expect(credentials.token).toBe('t');
      expect(evil).not.toHaveBeenCalled();
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it.each(['tokenUri', 'refreshToken', 'token', 'scopes', 'clientSecret'])('F81 supplies no %s', (name) => {
    Object.defineProperty(Object.prototype, name, { value: 'https://evil.example/', configurable: true });
    try {
      const credentials = new UserCredentials({ clientId: 'c' });

      expect(Reflect.get(credentials, name, credentials)).toBeUndefined();
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });
});

it('an empty refresh token counts as none', () => {
  expect(new UserCredentials({ refreshToken: '' }).refreshToken).toBeUndefined();
});
