import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { UserCredentials } from 'credence';
import { billed, credentialsFromFile, credentialsFromInfo, loadOptions } from '../../src/adc/credentials-from.js';
import type { ServiceAccountCredentials } from '../../src/credentials/service-account/service-account.js';
import { bareMachine } from '../fixtures/adc.js';
import { anInfo } from '../fixtures/service-account.js';

const USER = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r', quota_project_id: 'q' };

describe('What the caller is ready for is loaded', () => {
  test('from a file, by its path or its URL', async () => {
    const { put } = await bareMachine();
    const path = await put('key.json', anInfo());

    for (const file of [path, pathToFileURL(path)]) {
      const { credentials, projectId } = await credentialsFromFile(file, { type: 'service_account', scopes: 'one' });

      // The type is known without a cast.
      const account: ServiceAccountCredentials = credentials;
      expect([account.scopes, projectId]).toEqual([['one'], 'project']);
    }
  });

  test('from the contents of one', async () => {
    await bareMachine();

    const { credentials } = await credentialsFromInfo(USER, { type: ['service_account', 'authorized_user'] });

    expect(credentials).toBeInstanceOf(UserCredentials);
    expect(credentials.quotaProjectId).toBe('q');
  });

  test('with the quota project of the environment before that of the file, and the option before both', async () => {
    await bareMachine();
    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'environment');
    const type = 'authorized_user';

    expect((await credentialsFromInfo(USER, { type })).credentials.quotaProjectId).toBe('environment');
    expect((await credentialsFromInfo(USER, { type, quotaProjectId: 'o' })).credentials.quotaProjectId).toBe('o');
  });
});

describe('F67 What the caller is not ready for is refused, whatever else it says', () => {
  test.each([
    [USER, 'holds credentials of the type "authorized_user", and not of the type "service_account".'],
    [
      { type: 'external_account', credential_source: { executable: { command: 'evil' } } },
      'holds credentials of the type "external_account", and not of the type "service_account".',
    ],
    [{ type: 's3cret' }, 'holds credentials of another type, and not of the type "service_account".'],
    [{ client_email: 'a@b.example' }, 'names no type of credentials, and not of the type "service_account".'],
    [{ __proto__: { type: 'service_account' } }, 'names no type of credentials'],
  ])('%j', async (info, words) => {
    const { put } = await bareMachine();
    const path = await put('file.json', info);

    await expect(credentialsFromInfo(info, { type: 'service_account' })).rejects.toMatchObject({ code: 'wrong_type' });
    await expect(credentialsFromFile(path, { type: 'service_account' })).rejects.toThrow(`The file ${path} ${words}`);
  });
});

describe('The remedy is one that works', () => {
  const KEY_FILE = 'the key file of a service account';
  const GCLOUD_FILE = 'the file that `gcloud auth application-default login` writes';

  test.each([
    ['of a type that is loaded where it is named', USER, `Give ${KEY_FILE}, or name its type in "type" if you are`],
    ['of a type that is not loaded', { type: 'external_account' }, `Give ${KEY_FILE}: this library loads no files of`],
    ['of no type', {}, `Give ${KEY_FILE}.`],
  ])('for a file %s', async (_, info, words) => {
    await expect(credentialsFromInfo(info, { type: 'service_account' })).rejects.toThrow(words);
  });

  test('where all types are awaited', async () => {
    const type = ['authorized_user', 'service_account'] as const;

    await expect(credentialsFromInfo({ type: 'external_account' }, { type })).rejects.toThrow(
      `and not of the type "authorized_user" or "service_account". Give ${GCLOUD_FILE}, or ${KEY_FILE}: this library loads no files of its type.`,
    );
  });
});

describe('The quota project', () => {
  test('is the option, else that of the environment', () => {
    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', undefined);
    expect({ ...billed({ scopes: 'one' }) }).toEqual({ scopes: 'one' });
    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'environment');
    expect({ ...billed({ scopes: 'one' }) }).toEqual({ scopes: 'one', quotaProjectId: 'environment' });
    expect(billed({ quotaProjectId: 'option' }).quotaProjectId).toBe('option');
  });

  test('of the environment is blamed by its name where it cannot be used, and only where it is', async () => {
    await bareMachine();
    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'not a project');
    const type = 'authorized_user';

    await expect(credentialsFromInfo(USER, { type })).rejects.toMatchObject({
      name: 'ConfigurationError',
      code: 'invalid_field',
      message: expect.stringMatching(/^The environment variable GOOGLE_CLOUD_QUOTA_PROJECT must be .* or unset it\.$/),
    });
    expect((await credentialsFromInfo(USER, { type, quotaProjectId: 'o' })).credentials.quotaProjectId).toBe('o');
  });
});

test('F60 A file that is not there, or no JSON, is named', async () => {
  const { folder, put } = await bareMachine();
  const type = 'authorized_user';

  await expect(credentialsFromFile(`${folder}/none.json`, { type })).rejects.toMatchObject({ code: 'file_not_found' });
  await expect(credentialsFromFile(await put('cut.json', '{'), { type })).rejects.toMatchObject({
    code: 'invalid_json',
  });
});

describe('A wrong argument is a TypeError that names it', () => {
  test.each([undefined, 'unheard_of', [], ['service_account', 7], 'toString'])('the type %j', async (type) => {
    const options = { type } as never;

    await expect(credentialsFromInfo(USER, options)).rejects.toThrow(/^"type" must be one or several of "/);
    await expect(credentialsFromFile('x.json', options)).rejects.toThrow('"type"');
  });

  test('no options, no path', async () => {
    await expect(credentialsFromInfo(USER, undefined as never)).rejects.toThrow('"options"');
    await expect(credentialsFromFile('', { type: 'authorized_user' })).rejects.toThrow('"path"');
  });

  test('F81 a polluted prototype names no type', async () => {
    Object.defineProperty(Object.prototype, 'type', { value: 'authorized_user', configurable: true });
    try {
      await expect(credentialsFromInfo(USER, {} as never)).rejects.toThrow('"type"');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'type');
    }
  });
});

test('Options are checked and copied before anything is read', () => {
  const own = loadOptions({ scopes: 'one', endpoints: { hosts: ['EXAMPLE.com'] }, ...{ type: 'x', unknown: 1 } });

  expect({ ...own, endpoints: { ...own.endpoints } }).toEqual({
    scopes: ['one'],
    endpoints: { hosts: ['example.com'] },
  });
});
