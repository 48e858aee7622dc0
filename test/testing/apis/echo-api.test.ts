import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, ask, callApi } from '../emulator-client.js';
import { SCOPE, claimsOf, exchange, googleJwtClient, signedBy } from '../service-account-client.js';

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

  expect(right.json).toMatchObject({ user: null, credential: 'api_key', headers: { 'x-goog-api-key': '<API key>' } });
  expect(wrong.status).toBe(400);
});

test('judges the token where a token and a key come together', async () => {
  const emulator = await anEmulator();

  const { status } = await ask(emulator.apiUrl, {
    headers: { authorization: 'Bearer dead', 'x-goog-api-key': emulator.apiKey },
  });

  expect(status).toBe(401);
});

test('tells what kind of token it saw, and whose', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: account.email, sub: account.email, aud: `${emulator.url}/`, iat, exp: iat + 3600 };
  const idToken = await exchange(
    info,
    signedBy(info, claimsOf(info, Date.now(), { target_audience: emulator.apiUrl })),
  );

  const replies = await Promise.all([
    callApi(emulator, account.mint().token),
    callApi(emulator, signedBy(info, claims), '/things?page=2'),
    callApi(emulator, idToken.json['id_token']),
  ]);

  expect(replies.map(({ json }) => [json['credential'], json['user']])).toEqual([
    ['access_token', account.email],
    ['self_signed_jwt', account.email],
    ['id_token', account.email],
  ]);
});

test('shows no JWT, in the echo or in the log, and counts a bad one as a dead token', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const iat = Math.floor(Date.now() / 1000);
  const good = signedBy(info, { iss: account.email, sub: account.email, scope: 'read', iat, exp: iat + 60 });
  const bad = signedBy(info, { iss: account.email, sub: account.email, scope: 'read', iat, exp: iat + 6000 });

  const echoed = await callApi(emulator, good);
  const refused = await callApi(emulator, bad);

  expect(echoed.json['headers']).toMatchObject({ authorization: 'Bearer <JWT>' });
  expect(refused.status).toBe(401);
  expect(JSON.stringify(emulator.requests.log)).not.toContain(good.split('.')[2]);
  expect(emulator.requests).toMatchObject({ deadTokens: 1, unauthorized: 1 });
});

test('takes the self-signed JWT of google-auth-library, which is addressed to the URL or names scopes', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const url = `${emulator.apiUrl}/things`;
  const scoped = googleJwtClient(info, { scopes: [SCOPE] });
  scoped.useJWTAccessWithScope = true;

  const addressed = await ask(url, { headers: await googleJwtClient(info, {}).getRequestHeaders(url) });
  const withScopes = await ask(url, { headers: await scoped.getRequestHeaders() });

  expect(addressed.json).toMatchObject({ user: account.email, credential: 'self_signed_jwt' });
  expect(withScopes.json).toMatchObject({ user: account.email, credential: 'self_signed_jwt' });
  expect(emulator.requests.token).toBe(0);
});
