/** Tests of an app that signs in with this library: offline, on the emulator, with hours that pass in milliseconds. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { UserCredentials, type Credentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { manualClock, startEmulator, type Emulator, type EmulatedUser, type ManualClock } from 'credence/testing';

/** The app under test. */
async function countOfFiles(credentials: Credentials, api: string): Promise<string> {
  const response = await authorizedFetch(credentials)(`${api}/files`);
  return response.ok ? 'some files' : `trouble: ${response.status}`;
}

interface Stage extends AsyncDisposable {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly user: EmulatedUser;
  readonly credentials: Credentials;
}

/** One clock for the emulator and the credentials, so that both agree when a token ends. */
async function stage(): Promise<Stage> {
  const clock = manualClock();
  const emulator = await startEmulator({ clock });
  const { path, user } = await emulator.authorizedUser();
  const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { clock });
  return { clock, emulator, user, credentials, [Symbol.asyncDispose]: () => emulator.close() };
}

void test('the app gets along with one token for an hour', async () => {
  await using at = await stage();
  await countOfFiles(at.credentials, at.emulator.apiUrl);
  await at.clock.advance(55 * 60_000);
  await countOfFiles(at.credentials, at.emulator.apiUrl);
  assert.equal(at.emulator.requests.token, 1);
});

void test('the app works on while the token endpoint is down', async () => {
  await using at = await stage();
  await countOfFiles(at.credentials, at.emulator.apiUrl);
  at.emulator.faults.always('token', { status: 503 });
  await at.clock.advance(58 * 60_000);
  assert.equal(await countOfFiles(at.credentials, at.emulator.apiUrl), 'some files');
});

void test('the app is told when the user has withdrawn their consent', async () => {
  await using at = await stage();
  at.user.revoke();
  await assert.rejects(countOfFiles(at.credentials, at.emulator.apiUrl), { code: 'invalid_grant', retryable: false });
});
