import { expect, test } from 'vitest';
import { AccessToken } from 'credence';
import { manualClock } from 'credence/testing';
import { ServedToken } from '../../../src/server/keeping/served-token.js';
import { lasting, ScriptedCredentials } from '../../fixtures/scripted-credentials.js';
import { HOUR_MS } from '../../fixtures/token-server.js';

async function aToken(lifetimeMs = HOUR_MS) {
  const clock = manualClock();
  const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, lifetimeMs) });
  const served = new ServedToken();
  served.take(await credentials.refresh());
  return { clock, credentials, served };
}

test('What the credentials hold is handed out as one promise for everybody.', async () => {
  const { credentials, served } = await aToken();

  const first = served.current(credentials);

  expect(first).toBeDefined();
  expect(served.current(credentials)).toBe(first);
  expect((await first)?.value).toBe('token-1');
});

test('A token that ended is not handed out, however short ago it was looked at.', async () => {
  const { clock, credentials, served } = await aToken(500);
  expect(served.current(credentials)).toBeDefined();

  await clock.advance(500);

  expect(served.current(credentials)).toBeUndefined();
});

test('F51 Sleep is noticed within a second.', async () => {
  const { clock, credentials, served } = await aToken();
  void served.current(credentials);
  clock.suspend(2 * HOUR_MS);

  await clock.advance(1_000);

  expect(served.current(credentials)).toBeUndefined();
});

test('F50 A clock that was set back gives a token no time.', async () => {
  const { clock, credentials, served } = await aToken();
  clock.stepWall(-HOUR_MS);
  await clock.advance(HOUR_MS - 200);
  expect(served.current(credentials)).toBeDefined();

  await clock.advance(200);

  expect(served.current(credentials)).toBeUndefined();
});

test('A token that was dropped or replaced is not handed out.', async () => {
  const { credentials, served } = await aToken();
  void served.current(credentials);

  credentials.invalidate('token-1');

  expect(served.current(credentials)).toBeUndefined();
  expect(served.isBehind(credentials)).toBe(false);
  await credentials.refresh();
  expect(served.current(credentials)).toBeUndefined();
  expect(served.isBehind(credentials)).toBe(true);
});

test('What somebody else obtained is taken over.', async () => {
  const { clock, credentials, served } = await aToken();
  await credentials.refresh();

  const token = served.follow(credentials);

  expect(token?.value).toBe(credentials.token);
  expect(token?.expiresAt).toBe(clock.now() + HOUR_MS);
  expect(await served.current(credentials)).toBe(token);
  expect(served.isBehind(credentials)).toBe(false);
});

test('Nothing is taken over from credentials that hold nothing.', () => {
  expect(new ServedToken().follow(new ScriptedCredentials({}))).toBeUndefined();
});

test('It tells a token that comes again from a new one.', () => {
  const served = new ServedToken();

  expect(served.take(new AccessToken('a'))).toBe(false);
  expect(served.take(new AccessToken('a'))).toBe(true);
  expect(served.take(new AccessToken('b'))).toBe(false);
});
