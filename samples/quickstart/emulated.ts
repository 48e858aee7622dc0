/** The quickstart on the emulator: real files, real HTTP, tokens that live four seconds. */
import { UserCredentials } from 'credence';
import { startEmulator } from 'credence/testing';
import { showBackgroundRefresh } from './background-refresh.js';
import { clientOf } from './client.js';
import { showBroker, showRevocation } from './other-sources.js';
import { check, done, note, step } from './report.js';
import { showSaving } from './saving.js';
import { showTokenServer } from './token-server.js';

export async function runOnEmulator(): Promise<void> {
  await using emulator = await startEmulator({ accessTokenLifetimeMs: 4_900, rotateRefreshTokens: true });
  const { path, user } = await emulator.authorizedUser();
  note(`Token endpoint and API: an emulator at ${emulator.url}. No account and no network needed.`);

  step('Load an authorized_user file');
  const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
  done(`Loaded ${path}`);

  step('Wrap an HTTP client through beforeRequest, and call an API 100 times at once');
  const get = clientOf(credentials);
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => get(`${emulator.apiUrl}/files/${n}`)));
  const served = answers.filter(({ status, user: who }) => status === 200 && who === user.email).length;
  check(served === 100, `${served} of 100 answered 200, for ${user.email}`);
  check(emulator.requests.token === 1, `Token requests: ${emulator.requests.token}`);

  step('Call it again: the token is reused');
  const again = await get(`${emulator.apiUrl}/files`);
  check(again.token === answers[0]?.token, `Same token, waited ${again.waitedMs.toFixed(2)} ms for it`);
  check(emulator.requests.token === 1, `Token requests: still ${emulator.requests.token}`);

  await showBackgroundRefresh(emulator, credentials);
  await showTokenServer(emulator, credentials);

  step('Bill a project: withQuotaProject gives a copy that shares the token');
  const tokenRequests = emulator.requests.token;
  const billed = await clientOf(credentials.withQuotaProject('my-project'))(`${emulator.apiUrl}/files`);
  check(billed.quotaProject === 'my-project', `The API saw x-goog-user-project: ${String(billed.quotaProject)}`);
  check(
    emulator.requests.token === tokenRequests,
    `Token requests for that: ${emulator.requests.token - tokenRequests}`,
  );

  await showSaving(emulator, credentials, path);
  await showBroker(emulator, user);
  await showRevocation(emulator, credentials, user);
}
