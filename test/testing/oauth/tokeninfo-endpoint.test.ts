import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, ask, post } from '../emulator-client.js';

const EMAIL = 'https://www.googleapis.com/auth/userinfo.email';

test('describes a live token with strings, as Google does', async () => {
  const clock = manualClock({ now: 1_750_000_000_000 });
  const emulator = await anEmulator({ clock });
  const { info, user } = await emulator.authorizedUser({ scopes: ['openid', EMAIL] });
  const { token } = user.mint();
  await clock.advance(600_500);

  const { status, json } = await ask(`${emulator.tokenInfoUri}?access_token=${token}`);

  expect(status).toBe(200);
  expect(json).toEqual({
    azp: info.client_id,
    aud: info.client_id,
    sub: user.subject,
    scope: `openid ${EMAIL}`,
    exp: '1750003600',
    expires_in: '2999',
    email: user.email,
    email_verified: 'true',
    access_type: 'offline',
  });
});

test('tells one second of a token that lives for less', async () => {
  const clock = manualClock({ now: 1_750_000_000_000 });
  const emulator = await anEmulator({ clock });
  const { user } = await emulator.authorizedUser();
  const { token } = user.mint();
  await clock.advance(3_599_500);

  const { json } = await ask(`${emulator.tokenInfoUri}?access_token=${token}`);

  expect(json).toMatchObject({ expires_in: '1' });
});

test('takes the token from the query, a form, or the authorization header', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  const { token } = user.mint();

  const replies = [
    await ask(`${emulator.tokenInfoUri}?access_token=${token}`, { method: 'POST' }),
    await post(emulator.tokenInfoUri, { access_token: token }),
    await ask(emulator.tokenInfoUri, { headers: { authorization: `Bearer ${token}` } }),
  ];

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(emulator.requests.tokenInfo).toBe(3);
});

test('keeps the user to itself where the scopes do not reveal them', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser({ scopes: ['https://www.googleapis.com/auth/drive'] });

  const { json } = await post(emulator.tokenInfoUri, { access_token: user.mint().token });

  expect(Object.keys(json)).toEqual(['azp', 'aud', 'scope', 'exp', 'expires_in', 'access_type']);
});

test('refuses a dead token with invalid_token, and none with invalid_request', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  const { token } = user.mint();
  user.revoke();

  const dead = await post(emulator.tokenInfoUri, { access_token: token });
  const none = await post(emulator.tokenInfoUri, {});

  expect([dead.status, dead.json['error']]).toEqual([400, 'invalid_token']);
  expect([none.status, none.json['error']]).toEqual([400, 'invalid_request']);
  expect(emulator.requests.deadTokens).toBe(0);
});
