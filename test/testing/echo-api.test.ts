import { expect, test } from 'vitest';
import { manualClock } from '../../src/testing/manual-clock.js';
import { anEmulator, ask, callApi } from './emulator-client.js';

test('echoes the request, with a label in place of the token', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  user.mint();
  const { token } = user.mint();

  const { status, json, text } = await ask(`${emulator.apiUrl}/things?page=2`, {
    method: 'PATCH',
    body: 'content',
    headers: { authorization: `Bearer ${token}`, 'X-Goog-User-Project': 'quota', 'X-Other': 'seen' },
  });

  expect(status).toBe(200);
  expect(json).toMatchObject({ method: 'PATCH', path: '/api/things?page=2', body: 'content', user: user.email });
  expect(json['headers']).toMatchObject({
    authorization: 'Bearer <token 2>',
    'x-goog-user-project': 'quota',
    'x-other': 'seen',
  });
  expect(text).not.toContain(token);
});

test('serves the path itself and everything below it, and nothing that only begins alike', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  const { token } = user.mint();

  expect((await callApi(emulator, token)).status).toBe(200);
  expect((await callApi(emulator, token, '/a/b')).status).toBe(200);
  expect((await callApi(emulator, token, 'x')).status).toBe(404);
});

test('refuses expired, revoked and unknown tokens with invalid_token, and counts them', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  const { user } = await emulator.authorizedUser();
  const revoked = await emulator.authorizedUser();
  const dead = [user.mint().token, revoked.user.mint().token, 'unknown'];
  revoked.user.revoke();
  await clock.advance(3_600_000);

  const replies = await Promise.all(dead.map((token) => callApi(emulator, token)));

  for (const { status, headers } of replies) {
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  }
  expect(emulator.requests).toMatchObject({ api: 3, unauthorized: 3, deadTokens: 3 });
});

test('refuses a request without a token, which is no dead token', async () => {
  const emulator = await anEmulator();

  const { status, headers, json } = await ask(emulator.apiUrl);

  expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect(json).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
  expect(emulator.requests).toMatchObject({ unauthorized: 1, deadTokens: 0 });
});

test('takes the API key of the emulator, and no other', async () => {
  const emulator = await anEmulator();

  const right = await ask(emulator.apiUrl, { headers: { 'x-goog-api-key': emulator.apiKey } });
  const wrong = await ask(emulator.apiUrl, { headers: { 'x-goog-api-key': 'wrong' } });

  expect(right.json).toMatchObject({ user: null, headers: { 'x-goog-api-key': '<API key>' } });
  expect(wrong.status).toBe(400);
});

test('judges the token where a token and a key come together', async () => {
  const emulator = await anEmulator();

  const { status } = await ask(emulator.apiUrl, {
    headers: { authorization: 'Bearer dead', 'x-goog-api-key': emulator.apiKey },
  });

  expect(status).toBe(401);
});
