import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator, ask, callApi, post, refresh } from '../emulator-client.js';

test('a record says where a request went, what it asked for, what it got, and when', async () => {
  const clock = manualClock({ now: 5_000 });
  const emulator = await anEmulator({ clock });
  const { info, user } = await emulator.authorizedUser();
  await refresh(info, { scope: user.grantedScopes[0] ?? '' });
  await clock.advance(10);

  await callApi(emulator, user.mint().token, '/things?page=1');

  expect(emulator.requests.log).toMatchObject([
    {
      endpoint: 'token',
      method: 'POST',
      path: '/token',
      grantType: 'refresh_token',
      scope: user.grantedScopes[0],
      status: 200,
      fault: undefined,
      at: 5_000,
    },
    {
      endpoint: 'api',
      method: 'GET',
      path: '/api/things',
      status: 200,
      at: 5_010,
      headers: { authorization: 'Bearer <token 2>' },
    },
  ]);
  expect(Object.isFrozen(emulator.requests.log[0])).toBe(true);
});

test('a record names the fault that was injected, and has no status where no answer was sent', async () => {
  const emulator = await anEmulator();
  emulator.faults.next('api', { status: 503 });
  emulator.faults.next('api', { bytes: 2 });
  emulator.faults.next('api', { reset: 'after' });

  await callApi(emulator, 'any');
  await callApi(emulator, 'any');
  await callApi(emulator, 'any').catch(() => undefined);

  expect(emulator.requests.log.map(({ fault, status }) => [fault, status])).toEqual([
    ['status', 503],
    ['bytes', 200],
    ['reset', undefined],
  ]);
});

test('a record shows how a client introduces itself', async () => {
  const emulator = await anEmulator();

  await ask(emulator.apiUrl, {
    headers: { 'x-goog-api-client': 'gl-node/20', 'user-agent': 'mine', 'x-goog-user-project': 'p' },
  });

  expect(emulator.requests.log[0]?.headers).toMatchObject({
    'x-goog-api-client': 'gl-node/20',
    'user-agent': 'mine',
    'x-goog-user-project': 'p',
  });
});

test('a record says what a metadata server was asked for', async () => {
  const emulator = await anEmulator();
  const { host } = await emulator.metadata();
  const account = `http://${host}/computeMetadata/v1/instance/service-accounts/default`;

  await ask(`${account}/token?scopes=read,write`);
  await ask(`${account}/token`);
  await ask(`${account}/identity?audience=a`);
  await ask(`${account}/email?scopes=x&audience=y`);

  expect(emulator.requests.log.map(({ endpoint, scope, audience }) => ({ endpoint, scope, audience }))).toEqual([
    { endpoint: 'metadataToken', scope: 'read,write' },
    { endpoint: 'metadataToken' },
    { endpoint: 'metadataIdentity', audience: 'a' },
    { endpoint: 'metadata' },
  ]);
});

test('requests to other paths are recorded too', async () => {
  const emulator = await anEmulator();

  await ask(`${emulator.url}/redirect?to=/x`);
  await ask(`${emulator.url}/nowhere`);

  expect(emulator.requests.log.map(({ endpoint, status }) => [endpoint, status])).toEqual([
    ['redirect', 302],
    ['unknown', 404],
  ]);
});

test('no record holds a secret', async () => {
  const emulator = await anEmulator({ rotateRefreshTokens: true });
  const { info, user } = await emulator.authorizedUser({ withToken: true });
  const basic = Buffer.from(`${info.client_id}:${info.client_secret}`).toString('base64');
  const { token } = user.mint();

  await refresh(info);
  await post(emulator.tokenUri, { grant_type: 'refresh_token' }, { authorization: `Basic ${basic}` });
  await callApi(emulator, token, `?access_token=${token}`);
  await ask(emulator.apiUrl, { headers: { 'x-goog-api-key': emulator.apiKey, authorization: token, cookie: token } });
  await ask(`${emulator.revokeUri}?token=${token}`, { method: 'POST' });

  const log = JSON.stringify(emulator.requests.log);
  for (const secret of [token, info.token, info.refresh_token, info.client_secret, basic, emulator.apiKey]) {
    expect(log).not.toContain(secret);
  }
  expect(emulator.requests.log.map(({ headers }) => headers['authorization'])).toEqual([
    undefined,
    'Basic <redacted>',
    'Bearer <token 2>',
    '<redacted>',
    undefined,
  ]);
});
