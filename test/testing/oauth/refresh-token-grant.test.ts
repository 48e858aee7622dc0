import { UserRefreshClient } from 'google-auth-library';
import { describe, expect, test } from 'vitest';
import type { EmulatedUserInfo } from '../../../src/testing/accounts/authorized-user.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, callApi, post, refresh } from '../emulator-client.js';

const DEAD = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
const READ = 'https://www.googleapis.com/auth/drive.readonly';
const WRITE = 'https://www.googleapis.com/auth/drive';

function googleClient(info: EmulatedUserInfo): UserRefreshClient {
  return new UserRefreshClient({
    clientId: info.client_id,
    clientSecret: info.client_secret,
    refreshToken: info.refresh_token,
    endpoints: { oauth2TokenUrl: info.token_uri },
  });
}

describe('a refresh', () => {
  test('yields a bearer token that the echo API takes until its lifetime is over', async () => {
    const clock = manualClock();
    const emulator = await anEmulator({ clock, accessTokenLifetimeMs: 600_000 });
    const { info } = await emulator.authorizedUser({ scopes: [READ, WRITE] });

    const { status, headers, json } = await refresh(info);

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      access_token: expect.stringMatching(/^ya29\.[\w-]{64}$/),
      expires_in: 600,
      scope: `${READ} ${WRITE}`,
      token_type: 'Bearer',
    });
    expect((await callApi(emulator, json['access_token'])).status).toBe(200);
    await clock.advance(599_999);
    expect((await callApi(emulator, json['access_token'])).status).toBe(200);
    await clock.advance(1);
    expect((await callApi(emulator, json['access_token'])).status).toBe(401);
  });

  test('yields another access token each time, and leaves the older ones alive', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.authorizedUser();

    const first = await refresh(info);
    const second = await refresh(info);

    expect(second.json['access_token']).not.toBe(first.json['access_token']);
    expect((await callApi(emulator, first.json['access_token'])).status).toBe(200);
  });

  test.each([
    ['asked for a part, yields that part', READ, READ],
    [
      'asked for more than was granted, yields what was granted',
      `${READ} https://example.com/more ${WRITE}`,
      `${READ} ${WRITE}`,
    ],
  ])('%s, and says so', async (_rule, asked, granted) => {
    const emulator = await anEmulator();
    const { info } = await emulator.authorizedUser({ grantedScopes: [READ, WRITE] });

    const { json } = await refresh(info, { scope: asked });

    expect(json['scope']).toBe(granted);
  });

  test('asked only for what was never granted is refused with invalid_scope', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.authorizedUser({ grantedScopes: [READ] });

    const { status, json } = await refresh(info, { scope: WRITE });

    expect([status, json['error']]).toEqual([400, 'invalid_scope']);
  });

  test('is refused where the refresh token is unknown, revoked, or of another client', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.authorizedUser();
    const other = await emulator.authorizedUser();
    const gone = await emulator.authorizedUser();
    gone.user.revoke();

    const unknown = await refresh(info, { refresh_token: '1//unknown' });
    const revoked = await refresh(gone.info);
    const foreign = await refresh(info, { refresh_token: other.info.refresh_token });

    for (const reply of [unknown, revoked, foreign]) expect([reply.status, reply.json]).toEqual([400, DEAD]);
    expect(other.user.revoked).toBe(false);
  });

  test('brings an ID token of the user for the client where openid was granted', async () => {
    const clock = manualClock({ now: 1_750_000_000_000 });
    const emulator = await anEmulator({ clock });
    const { info, user } = await emulator.authorizedUser({ scopes: ['openid', READ] });

    const withOpenId = await refresh(info);
    const without = await refresh(info, { scope: READ });

    const claims: unknown = JSON.parse(
      Buffer.from(String(withOpenId.json['id_token']).split('.')[1]!, 'base64url').toString(),
    );
    expect(claims).toEqual({
      iss: emulator.url,
      azp: info.client_id,
      aud: info.client_id,
      sub: user.subject,
      email: user.email,
      email_verified: true,
      iat: 1_750_000_000,
      exp: 1_750_003_600,
    });
    expect(without.json).not.toHaveProperty('id_token');
  });
});

describe('reauthentication', () => {
  test('is demanded with rapt_required until the proof comes along or the demand is dropped', async () => {
    const emulator = await anEmulator();
    const { info, user } = await emulator.authorizedUser();
    user.requireReauth(true);

    const bare = await refresh(info);
    const wrong = await refresh(info, { rapt: 'something else' });
    const proven = await refresh(info, { rapt: user.raptToken });
    user.requireReauth(false);
    const after = await refresh(info);

    expect(bare.status).toBe(400);
    expect(bare.json).toMatchObject({ error: 'invalid_grant', error_subtype: 'rapt_required' });
    expect(wrong.json).toMatchObject({ error: 'invalid_grant', error_subtype: 'invalid_rapt' });
    expect([proven.status, after.status]).toEqual([200, 200]);
    expect(user.revoked).toBe(false);
  });
});

describe('rotation', () => {
  test('is off by default: the answer has no refresh token, and the one there is stays', async () => {
    const emulator = await anEmulator();
    const { info, user } = await emulator.authorizedUser();

    const { json } = await refresh(info);

    expect(json).not.toHaveProperty('refresh_token');
    expect(user.currentRefreshToken).toBe(info.refresh_token);
  });

  test('replaces the refresh token in every refresh', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();

    const first = await refresh(info);
    const second = await refresh(info, { refresh_token: String(first.json['refresh_token']) });

    expect(new Set([info.refresh_token, first.json['refresh_token'], second.json['refresh_token']]).size).toBe(3);
    expect(user.currentRefreshToken).toBe(second.json['refresh_token']);
  });

  test('revokes the whole family, access tokens included, when a replaced token is used again', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();
    const first = await refresh(info);

    const reuse = await refresh(info);
    const successor = await refresh(info, { refresh_token: String(first.json['refresh_token']) });

    expect([reuse.status, reuse.json]).toEqual([400, DEAD]);
    expect([successor.status, successor.json]).toEqual([400, DEAD]);
    expect((await callApi(emulator, first.json['access_token'])).status).toBe(401);
    expect(user.revoked).toBe(true);
  });

  test('lets a replaced token within its grace bring the current successor, and no new one', async () => {
    const clock = manualClock();
    const emulator = await anEmulator({ clock, rotateRefreshTokens: true, rotationGraceMs: 10_000 });
    const { info, user } = await emulator.authorizedUser();
    const first = await refresh(info);
    await clock.advance(9_999);

    const late = await refresh(info);
    await clock.advance(1);
    const tooLate = await refresh(info);

    expect(late.status).toBe(200);
    expect(late.json['refresh_token']).toBe(first.json['refresh_token']);
    expect(tooLate.json).toEqual(DEAD);
    expect(user.revoked).toBe(true);
  });

  test('gives two requests at once with one token a single successor within the grace', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true, rotationGraceMs: 60_000 });
    const { info } = await emulator.authorizedUser();

    const [one, other] = await Promise.all([refresh(info), refresh(info)]);

    expect(one.json['refresh_token']).toBe(other.json['refresh_token']);
  });
});

describe('google-auth-library', () => {
  test('refreshes against the emulator and calls the echo API', async () => {
    const emulator = await anEmulator();
    const { info, user } = await emulator.authorizedUser();
    const client = googleClient(info);

    const response = await client.request<{ user: string }>({ url: `${emulator.apiUrl}/things` });

    expect(response.data.user).toBe(user.email);
    expect(emulator.requests.token).toBe(1);
    expect(client.credentials.expiry_date).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test('hears that the grant is revoked', async () => {
    const emulator = await anEmulator();
    const { info, user } = await emulator.authorizedUser();
    user.revoke();

    await expect(googleClient(info).getAccessToken()).rejects.toThrow('invalid_grant');
  });

  test('finds the grant revoked once it has spent a replaced refresh token, which it keeps against RFC 6749 §6', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();
    const client = googleClient(info);

    await client.refreshAccessToken();

    await expect(client.refreshAccessToken()).rejects.toThrow('invalid_grant');
    expect(user.revoked).toBe(true);
  });

  test('understands token information and revokes through the emulator', async () => {
    const emulator = await anEmulator();
    const { info, user } = await emulator.authorizedUser();
    const client = new UserRefreshClient({
      clientId: info.client_id,
      clientSecret: info.client_secret,
      refreshToken: info.refresh_token,
      endpoints: {
        oauth2TokenUrl: info.token_uri,
        tokenInfoUrl: emulator.tokenInfoUri,
        oauth2RevokeUrl: emulator.revokeUri,
      },
    });
    const { token } = await client.getAccessToken();

    const information = await client.getTokenInfo(token!);
    await client.revokeToken(token!);

    expect(information.email).toBe(user.email);
    expect(information.scopes).toEqual(user.grantedScopes);
    expect(user.revoked).toBe(true);
  });
});

test('a refresh without a refresh token is refused with invalid_request', async () => {
  const emulator = await anEmulator();
  const { info } = await emulator.authorizedUser();
  const { client_id, client_secret } = info;

  const { status, json } = await post(emulator.tokenUri, { grant_type: 'refresh_token', client_id, client_secret });

  expect([status, json['error']]).toEqual([400, 'invalid_request']);
});
