import { describe, expect, it } from 'vitest';
import { ConfigurationError, untrustedFile, UserCredentials, type AuthorizedUserInfo } from 'credence';
import { manualClock } from 'credence/testing';

const INFO = {
  type: 'authorized_user',
  client_id: 'client',
  client_secret: 'secret-of-client',
  refresh_token: '1//refresh',
} as const;

function load(extra: Record<string, unknown>): UserCredentials {
  return UserCredentials.fromAuthorizedUserInfo({ ...INFO, ...extra });
}

function failure(extra: Record<string, unknown>): ConfigurationError {
  try {
    load(extra);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('reading', () => {
  it('takes Google’s token endpoint where the info names none, and the named one where it does', () => {
    expect(load({}).tokenUri).toBe('https://oauth2.googleapis.com/token');
    expect(load({ token_uri: 'https://psc.example.com/token' }).tokenUri).toBe('https://psc.example.com/token');
    expect(load({ token_uri: 'http://127.0.0.1:9/token' }).tokenUri).toBe('http://127.0.0.1:9/token');
  });

  it.each([
    ['2030-01-02T03:04:05Z', '2030-01-02T03:04:05.000Z'],
    ['2030-01-02T03:04:05', '2030-01-02T03:04:05.000Z'],
    ['2030-01-02T03:04:05.678901Z', '2030-01-02T03:04:05.678Z'],
    ['2030-01-02T03:04:05.6', '2030-01-02T03:04:05.600Z'],
    ['2030-01-02T03:04:05+02:00', '2030-01-02T01:04:05.000Z'],
    ['2030-01-02T03:04:05.123456-0130', '2030-01-02T04:34:05.123Z'],
  ])('reads the expiry %s', (expiry, instant) => {
    expect(load({ token: 'tok', expiry }).expiry?.toISOString()).toBe(instant);
  });

  it('counts a token without an expiry as ended, as google-auth does', () => {
    const clock = manualClock();

    const credentials = UserCredentials.fromAuthorizedUserInfo({ ...INFO, token: 'tok' }, undefined, { clock });

    expect(credentials.token).toBe('tok');
    expect(credentials.expired).toBe(true);
    expect(credentials.tokenState).toBe('invalid');
  });

  it.each(['tomorrow', '2030-13-45T99:99:99Z', '1893456000'])('refuses the expiry %j by its field', (expiry) => {
    expect(failure({ token: 'tok', expiry })).toMatchObject({
      code: 'invalid_field',
      message: expect.stringMatching(/"expiry" of the authorized user info must be a time such as/) as string,
    });
  });

  it('wart 15: splits scopes given as one string, and the argument beats the info', () => {
    expect(load({ scopes: 'a b' }).scopes).toEqual(['a', 'b']);
    expect(UserCredentials.fromAuthorizedUserInfo({ ...INFO, scopes: ['a'] }, 'c d').scopes).toEqual(['c', 'd']);
  });

  it('names every missing field at once, and what to do', () => {
    const error = failure({ refresh_token: undefined, client_id: null, client_secret: '' });

    expect(error.code).toBe('missing_fields');
    expect(error.message).toMatch(/lacks "refresh_token", "client_id", "client_secret"\. Make one with `gcloud auth/);
  });

  it.each([
    ['client_id', 5],
    ['token', 'a\nb'],
    ['quota_project_id', 'a b'],
    ['scopes', 7],
    ['scopes', [1]],
    ['account', {}],
  ])('refuses a wrong %s by its name', (field, value) => {
    expect(failure({ [field]: value })).toMatchObject({
      code: 'invalid_field',
      message: expect.stringContaining(`"${field}"`) as string,
    });
  });

  it('refuses a file of another type, and anything that is not an object', () => {
    expect(failure({ type: 'service_account' })).toMatchObject({ code: 'wrong_type' });
    for (const info of [null, [], 'x', 5]) {
      expect(() => UserCredentials.fromAuthorizedUserInfo(info as never)).toThrow(ConfigurationError);
    }
  });

  it.each([
    'http://example.com/token',
    'https://169.254.169.254/token',
    'https://metadata.google.internal/token',
    'https://user:pw@example.com/token',
    'file:///etc/passwd',
    'not a url',
  ])('F67 refuses the token endpoint %s, and names the field', (token_uri) => {
    expect(failure({ token_uri })).toMatchObject({
      code: 'endpoint_refused',
      message: expect.stringContaining('"token_uri"') as string,
    });
  });

  it('F67 an untrusted file may name Google’s hosts only', () => {
    const fromUntrusted = (token_uri: string): UserCredentials =>
      UserCredentials.fromAuthorizedUserInfo({ ...INFO, token_uri }, undefined, { endpoints: untrustedFile });

    expect(fromUntrusted('https://oauth2.googleapis.com/token').tokenUri).toBe('https://oauth2.googleapis.com/token');
    for (const uri of [
      'https://evil.example.com/token',
      'http://127.0.0.1/token',
      'https://10.0.0.1/token',
      'https://googleapis.com.evil.example/',
    ]) {
      expect(() => fromUntrusted(uri)).toThrow(ConfigurationError);
    }
  });

  it('F81 takes nothing from __proto__ in the JSON', () => {
    const info = JSON.parse(
      '{"__proto__":{"refresh_token":"x","client_id":"y","client_secret":"z"}}',
    ) as AuthorizedUserInfo;

    expect(() => UserCredentials.fromAuthorizedUserInfo(info)).toThrow(/lacks/);
  });

  it('never quotes a value', () => {
    expect(failure({ client_id: 5, token: 'SECRET\n' }).message).not.toContain('SECRET');
  });
});

describe('writing', () => {
  it('wart 3: loses nothing on the way through JSON, quota project and type included', () => {
    const full = {
      ...INFO,
      token: 'tok',
      expiry: '2030-01-02T03:04:05.678Z',
      token_uri: 'https://psc.example.com/token',
      revoke_uri: 'https://psc.example.com/revoke',
      scopes: ['a', 'b'],
      default_scopes: ['c'],
      granted_scopes: ['a'],
      id_token: 'h.p.s',
      rapt_token: 'rapt',
      quota_project_id: 'quota',
      universe_domain: 'googleapis.com',
      account: 'me@example.com',
    };

    const json = UserCredentials.fromAuthorizedUserInfo(full).toAuthorizedUserJson();

    expect(JSON.parse(json)).toEqual(full);
  });

  it('leaves out what is not known, and what is to be stripped', () => {
    const credentials = load({});

    expect(credentials.toAuthorizedUserInfo()).toEqual({
      ...INFO,
      token_uri: 'https://oauth2.googleapis.com/token',
      universe_domain: 'googleapis.com',
    });
    expect(credentials.toAuthorizedUserInfo(['refresh_token', 'client_secret'])).not.toHaveProperty('refresh_token');
    expect(JSON.stringify(credentials)).not.toContain('refresh');
  });

  it('writes whole seconds without a fraction, as google-auth does', () => {
    const credentials = load({ token: 'tok', expiry: '2030-01-02T03:04:05Z' });

    expect(credentials.toAuthorizedUserInfo().expiry).toBe('2030-01-02T03:04:05Z');
  });

  it('F60 is whole, whatever a subclass shows of the client', () => {
    class Masked extends UserCredentials {
      override get clientId(): string {
        return 'masked';
      }
      override get clientSecret(): undefined {
        return undefined;
      }
    }
    const info = { refresh_token: 'r', client_id: 'i', client_secret: 's' };

    const written = Masked.fromAuthorizedUserInfo(info).toAuthorizedUserInfo();

    expect(written).toMatchObject(info);
  });
});
