import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, callApi, post, refresh } from '../emulator-client.js';

test('mints tokens that are alive until their expiry by the clock of the emulator', async () => {
  const clock = manualClock({ now: 0 });
  const emulator = await anEmulator({ clock });
  const { user } = await emulator.authorizedUser();

  const { token, expiry } = user.mint();

  expect(expiry).toEqual(new Date(3_600_000));
  expect((await callApi(emulator, token)).json['user']).toBe(user.email);
  expect(emulator.requests.token).toBe(0);
});

test('mints for a part of the scopes, and never for more than was granted', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser({ scopes: ['read', 'write'] });

  const { token } = user.mint(['write', 'admin']);

  expect((await post(emulator.tokenInfoUri, { access_token: token })).json['scope']).toBe('write');
});

test('mints nothing once revoked', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  const { token } = user.mint();

  user.revoke();

  expect(user.revoked).toBe(true);
  expect(() => user.mint()).toThrow('The grant of this user has been revoked.');
  expect((await callApi(emulator, token)).status).toBe(401);
});

test('reauthentication leaves the tokens alive that are there', async () => {
  const emulator = await anEmulator();
  const { info, user } = await emulator.authorizedUser();
  const { token } = user.mint();

  user.requireReauth(true);

  expect((await callApi(emulator, token)).status).toBe(200);
  expect((await refresh(info)).status).toBe(400);
  expect(() => {
    user.requireReauth('on' as never);
  }).toThrow(TypeError);
});

test('follows the rotation of its refresh token', async () => {
  const emulator = await anEmulator({ rotateRefreshTokens: true });
  const { info, user } = await emulator.authorizedUser();

  const { json } = await refresh(info);

  expect(user.currentRefreshToken).toBe(json['refresh_token']);
});
