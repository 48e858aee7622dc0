import { expect, test, vi } from 'vitest';
import { UserCredentials } from 'credence';
import { gcloudFile, loadGcloudFile } from '../../src/adc/gcloud-file.js';
import { isFound } from '../../src/adc/place.js';
import { aSearch, bareMachine } from '../fixtures/adc.js';

const USER = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r' };
const NAME = "gcloud's application default credentials";

test('What gcloud left is found, with a way to its project', async () => {
  const { put } = await bareMachine();
  await put('application_default_credentials.json', USER);
  await put('configurations/config_default', '[core]\nproject = of-gcloud\n');

  const found = await gcloudFile(aSearch({ quotaProjectId: 'quota' }));

  if (!isFound(found)) throw new Error(found.reason);
  expect(found.credentials).toBeInstanceOf(UserCredentials);
  expect([found.credentials.quotaProjectId, found.projectId]).toEqual(['quota', undefined]);
  expect(await found.findProject?.()).toBe('of-gcloud');
});

test('Where there is no file, its path is told', async () => {
  const { folder } = await bareMachine();

  expect(await gcloudFile(aSearch())).toEqual({
    place: NAME,
    reason: `there is no file ${folder}/application_default_credentials.json`,
  });
});

test('A user without a home directory has none', async () => {
  vi.stubEnv('CLOUDSDK_CONFIG', undefined);
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  vi.spyOn(process.getBuiltinModule('node:os'), 'homedir').mockReturnValue('');

  expect(await gcloudFile(aSearch())).toEqual({ place: NAME, reason: 'this user has no home directory' });
});

test('F60 A file that cannot be used is an error', async () => {
  const { put } = await bareMachine();

  await expect(loadGcloudFile(await put('cut.json', '{"type":'), {})).rejects.toMatchObject({ code: 'invalid_json' });
});
