/** A server that replaces the refresh token at each use: the new one must reach the file before anything else happens. */
import { readFile, stat } from 'node:fs/promises';
import { UserCredentials } from 'credence';
import type { Emulator } from 'credence/testing';
import { clientOf } from './client.js';
import { check, step } from './report.js';

export async function showSaving(emulator: Emulator, credentials: UserCredentials, path: string): Promise<void> {
  step('Keep a rotated refresh token: `save: true` writes it back to the file');
  const before = await refreshTokenIn(path);
  emulator.configure({ accessTokenLifetimeMs: 3_600_000 });
  await credentials.refresh();
  const after = await refreshTokenIn(path);
  const mode = ((await stat(path)).mode & 0o777).toString(8);
  check(after !== before && after === credentials.refreshToken, `The file holds the new refresh token (mode ${mode})`);

  const tokenRequests = emulator.requests.token;
  const reloaded = await UserCredentials.fromAuthorizedUserFile(path);
  await clientOf(reloaded)(`${emulator.apiUrl}/files`);
  const spent = emulator.requests.token - tokenRequests;
  check(spent === 0, `The next process starts with the token in the file; token requests: ${spent}`);
}

async function refreshTokenIn(path: string): Promise<unknown> {
  return (JSON.parse(await readFile(path, 'utf8')) as { refresh_token: unknown }).refresh_token;
}
