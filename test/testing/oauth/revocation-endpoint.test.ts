import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, ask, callApi, post, refresh } from '../emulator-client.js';

test('revokes a refresh token with every token of its family', async () => {
  const emulator = await anEmulator({ rotateRefreshTokens: true });
  const { info, user } = await emulator.authorizedUser();
  const { json } = await refresh(info);

  const { status } = await post(emulator.revokeUri, { token: user.currentRefreshToken });

  expect(status).toBe(200);
  expect((await callApi(emulator, json['access_token'])).status).toBe(401);
  expect((await refresh(info, { refresh_token: user.currentRefreshToken })).json['error']).toBe('invalid_grant');
});

test('revokes the family through an access token too, as Google does', async () => {
  const emulator = await anEmulator();
  const { info, user } = await emulator.authorizedUser();

  const { status } = await post(emulator.revokeUri, { token: user.mint().token });

  expect(status).toBe(200);
  expect((await refresh(info)).json['error']).toBe('invalid_grant');
});

test('takes the token from the query as well', async () => {
  const emulator = await anEmulator();
  const { info, user } = await emulator.authorizedUser();

  const { status } = await ask(`${emulator.revokeUri}?token=${encodeURIComponent(info.refresh_token)}`, {
    method: 'POST',
  });

  expect([status, user.revoked]).toEqual([200, true]);
});

test('leaves other grants alone', async () => {
  const emulator = await anEmulator();
  const { info } = await emulator.authorizedUser();
  const other = await emulator.authorizedUser();

  await post(emulator.revokeUri, { token: info.refresh_token });

  expect((await refresh(other.info)).status).toBe(200);
});

test('refuses unknown, expired and already revoked tokens with invalid_token, as Google does', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  const { user } = await emulator.authorizedUser();
  const revoked = await emulator.authorizedUser();
  const expired = user.mint().token;
  await clock.advance(3_600_000);
  revoked.user.revoke();

  const replies = await Promise.all(
    ['unknown', expired, revoked.info.refresh_token].map((token) => post(emulator.revokeUri, { token })),
  );

  for (const { status, json } of replies) expect([status, json['error']]).toEqual([400, 'invalid_token']);
  expect(user.revoked).toBe(false);
});

test('refuses a request without a token with invalid_request', async () => {
  const emulator = await anEmulator();

  const { status, json } = await post(emulator.revokeUri, {});

  expect([status, json['error']]).toEqual([400, 'invalid_request']);
});
