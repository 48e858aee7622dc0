import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UserCredentials } from 'credence';
import { manualClock } from '../../src/testing/clock/manual-clock.js';
import { startEmulator } from '../../src/testing/emulator.js';
import { anEmulator, ask, callApi, post, refresh } from './emulator-client.js';

test('listens on the loopback interface, and names its endpoints', async () => {
  const emulator = await anEmulator();

  expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(emulator).toMatchObject({
    tokenUri: `${emulator.url}/token`,
    revokeUri: `${emulator.url}/revoke`,
    tokenInfoUri: `${emulator.url}/tokeninfo`,
    apiUrl: `${emulator.url}/api`,
    jwksUri: `${emulator.url}/oauth2/v3/certs`,
    certsUri: `${emulator.url}/oauth2/v1/certs`,
    iamUrl: `${emulator.url}/v1/projects/-/serviceAccounts`,
  });
});

test('dates its answers by the clock it was given', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });

  const response = await fetch(emulator.apiUrl);

  expect(Date.parse(response.headers.get('date') ?? '')).toBe(clock.now());
});

test.each<[unknown, string]>([
  [null, '"options" must be a plain object'],
  [5, '"options" must be a plain object'],
  [{ latency: 5 }, '"options" must not hold "latency"'],
  [{ clock: 5 }, '"clock" must be'],
  [{ seed: 'a' }, '"seed" must be'],
])('F82 refuses %j by name', async (options, message) => {
  const refusal = await startEmulator(options as never).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(TypeError);
  expect(refusal).toHaveProperty('message', expect.stringContaining(message));
});

test('hands out no files once it is closed', async () => {
  const emulator = await startEmulator();

  await emulator.close();

  for (const writing of [emulator.authorizedUser(), emulator.serviceAccount()])
    await expect(writing).rejects.toThrow('The emulator is closed.');
});

test('emulators know nothing of one another', async () => {
  const one = await anEmulator();
  const other = await anEmulator();
  const { user } = await one.authorizedUser();

  const { status } = await callApi(other, user.mint().token);

  expect(status).toBe(401);
  expect(one.requests.api).toBe(0);
});

test('counts requests as they arrive, per endpoint', async () => {
  const emulator = await anEmulator();
  const { info, user } = await emulator.authorizedUser();
  const { token } = user.mint();

  await refresh(info);
  await refresh(info);
  await callApi(emulator, token);
  await post(emulator.tokenInfoUri, { access_token: token });
  await post(emulator.revokeUri, { token });
  await ask(`${emulator.url}/nowhere`);

  expect(emulator.requests).toMatchObject({ token: 2, api: 1, tokenInfo: 1, revoke: 1, unauthorized: 0, total: 6 });
});

test('counts connections, not requests, where a connection is kept', async () => {
  const emulator = await anEmulator();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
  });

  for (let turn = 0; turn < 3; turn += 1) {
    const [response] = await once(get(emulator.apiUrl, { agent }), 'response');
    response.resume();
    await once(response, 'end');
  }

  expect(emulator.requests).toMatchObject({ api: 3, connections: 1 });
});

describe('configure', () => {
  test('changes what is given and nothing else, from now on', async () => {
    const clock = manualClock();
    const emulator = await anEmulator({ clock, accessTokenLifetimeMs: 60_000 });
    const { info, user } = await emulator.authorizedUser();
    const before = user.mint();

    emulator.configure({ rotateRefreshTokens: true });
    emulator.configure({ accessTokenLifetimeMs: 120_000 });
    const { json } = await refresh(info);

    expect(json).toMatchObject({ expires_in: 120, refresh_token: user.currentRefreshToken });
    expect(user.currentRefreshToken).not.toBe(info.refresh_token);
    expect(before.expiry.getTime() - clock.now()).toBe(60_000);
  });

  test('lets tokens live for half a second, which is announced as a whole one', async () => {
    const clock = manualClock();
    const emulator = await anEmulator({ clock, accessTokenLifetimeMs: 500 });
    const { info } = await emulator.authorizedUser();
    const credentials = UserCredentials.fromAuthorizedUserInfo(info, undefined, { clock });

    const { value, expiresAt } = await credentials.refresh();

    expect(expiresAt).toBe(clock.now() + 1_000);
    expect((await callApi(emulator, value)).status).toBe(200);
    await clock.advance(500);
    expect((await callApi(emulator, value)).status).toBe(401);
  });

  test('holds back the answers of the token endpoint, and only those', async () => {
    const emulator = await anEmulator({ clock: manualClock(), latencyMs: 40 });
    const { info, user } = await emulator.authorizedUser();
    const startedAt = performance.now();

    await refresh(info);

    expect(performance.now() - startedAt).toBeGreaterThan(38);
    emulator.configure({ latencyMs: 3_600_000 });
    expect((await callApi(emulator, user.mint().token)).status).toBe(200);
  });
});

describe('an outage', () => {
  test('refuses connections, and ends on the same port with everything as it was', async () => {
    const emulator = await anEmulator();
    const { info, user } = await emulator.authorizedUser();
    const { token } = user.mint();

    await emulator.outage(true);
    await expect(refresh(info)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await emulator.outage(false);

    expect((await refresh(info)).status).toBe(200);
    expect((await callApi(emulator, token)).status).toBe(200);
  });

  test('cuts off the requests that are waiting', async () => {
    const emulator = await anEmulator();
    emulator.faults.next('api', { hang: true });
    const waiting = callApi(emulator, 'any').catch(() => 'cut off');
    while (emulator.requests.log.length === 0) await new Promise(setImmediate);

    await emulator.outage(true);

    expect(await waiting).toBe('cut off');
  });

  test('may be begun and ended again and again, in any order', async () => {
    const emulator = await anEmulator();

    await Promise.all([emulator.outage(true), emulator.outage(true), emulator.outage(false), emulator.outage(false)]);

    expect((await ask(emulator.apiUrl)).status).toBe(401);
  });
});

describe('close', () => {
  test('is prompt whatever is waiting, and removes the credential files', async () => {
    const emulator = await startEmulator({ latencyMs: 3_600_000 });
    const { path, info } = await emulator.authorizedUser();
    emulator.faults.next('api', { hang: true });
    emulator.faults.next('api', { slowBody: 3_600_000 });
    const waiting = Promise.allSettled([refresh(info), callApi(emulator, 'a'), callApi(emulator, 'b')]);
    while (emulator.requests.log.length < 2) await new Promise(setImmediate);

    await emulator.close();

    const outcomes = await waiting;
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(existsSync(path)).toBe(false);
  });

  test('may be called again, and ends every outage for good', async () => {
    const emulator = await startEmulator();

    await Promise.all([emulator.close(), emulator.close()]);
    await emulator[Symbol.asyncDispose]();

    await expect(emulator.outage(false)).rejects.toThrow('The emulator is closed.');
  });
});

test('wrong options are refused with TypeErrors that name them', async () => {
  const emulator = await anEmulator();

  await expect(startEmulator({ accessTokenLifetimeMs: -1 })).rejects.toThrow(/^"accessTokenLifetimeMs" must be/);
  await expect(startEmulator({ seed: NaN })).rejects.toThrow(/^"seed" must be/);
  await expect(emulator.rotateKeys({ keepOld: 'yes' as never })).rejects.toThrow(/^"keepOld" must be/);
  await expect(emulator.outage('yes' as never)).rejects.toThrow(new TypeError('"on" must be a boolean'));
  expect(() => {
    emulator.configure({ rotateRefreshTokens: 1 as never });
  }).toThrow(/^"rotateRefreshTokens" must be/);
});

test('an emulator and what it hands out print without secrets', async () => {
  const emulator = await anEmulator();
  const { info, user } = await emulator.authorizedUser();
  const { account } = await emulator.serviceAccount();
  const handles = [emulator, user, account, emulator.client(), await emulator.metadata()];

  const printed = handles.map((value) => inspect(value, { depth: 5, showHidden: true })).join();

  expect(printed).not.toMatch(/secret-|PRIVATE KEY/);
  for (const secret of [info.refresh_token, info.client_secret, user.raptToken, emulator.apiKey]) {
    expect(printed).not.toContain(secret);
  }
});
