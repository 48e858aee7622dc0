import { describe, expect, it } from 'vitest';
import { refreshGrantRequest, type RefreshGrantParts } from '../../src/oauth/refresh-grant.js';

function parts(overrides: Partial<RefreshGrantParts> = {}): RefreshGrantParts {
  return {
    tokenUri: 'https://oauth2.example/token',
    refreshToken: '1//refresh',
    clientId: 'client',
    clientSecret: 'secret',
    scopes: undefined,
    raptToken: undefined,
    headers: {},
    resend: true,
    ...overrides,
  };
}

function formOf(overrides?: Partial<RefreshGrantParts>): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(refreshGrantRequest(parts(overrides)).body));
}

describe('A refresh request', () => {
  it('names the grant, the client, its secret and the refresh token, all in the body', () => {
    const request = refreshGrantRequest(parts());

    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client',
      client_secret: 'secret',
      refresh_token: '1//refresh',
    });
    expect(request.url).toBe('https://oauth2.example/token');
    expect(JSON.stringify(request.headers)).not.toMatch(/secret|refresh/);
  });

  it('F22 asks for scopes separated by one space, in the order given', () => {
    expect(formOf({ scopes: ['b', 'a', 'openid'] })).toMatchObject({ scope: 'b a openid' });
  });

  it.each([undefined, []])('F22 asks for what was consented to where the scopes are %j', (scopes) => {
    expect(formOf({ scopes })).not.toHaveProperty('scope');
  });

  it('carries the reauthentication proof token as rapt, where there is one', () => {
    expect(formOf({ raptToken: 'proof' })).toMatchObject({ rapt: 'proof' });
    expect(formOf()).not.toHaveProperty('rapt');
  });

  it.each([true, false])('says %j to being sent twice where its caller does', (resend) => {
    expect(refreshGrantRequest(parts({ resend })).resend).toBe(resend);
  });

  it('adds the headers that it is given', () => {
    const { headers } = refreshGrantRequest(parts({ headers: { 'x-goog-api-client': 'cred-type/u' } }));

    expect(headers).toMatchObject({ 'x-goog-api-client': 'cred-type/u', accept: 'application/json' });
  });

  it('is frozen, and leaves the scopes of its caller alone', () => {
    const scopes = Object.freeze(['a']);

    expect(Object.isFrozen(refreshGrantRequest(Object.freeze(parts({ scopes }))))).toBe(true);
  });
});
