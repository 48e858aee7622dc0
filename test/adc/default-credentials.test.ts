import { describe, expect, test, vi } from 'vitest';
import { defaultCredentials } from '../../src/adc/default-credentials.js';
import { MetadataCredentials } from '../../src/credentials/metadata.js';
import { ServiceAccountCredentials } from '../../src/credentials/service-account.js';
import { UserCredentials } from '../../src/credentials/user.js';
import { ConfigurationError } from '../../src/errors.js';
import { bareMachine } from '../fixtures/adc.js';
import { anEmulator } from '../fixtures/user.js';

const ADC_FILE = 'application_default_credentials.json';
const CLOUD = 'https://www.googleapis.com/auth/cloud-platform';

async function failure(): Promise<ConfigurationError> {
  const error: unknown = await defaultCredentials().catch((thrown: unknown) => thrown);
  if (error instanceof ConfigurationError) return error;
  throw new Error('it did not fail as expected', { cause: error });
}

describe('Order', () => {
  test('the file that the environment names goes before that of gcloud', async () => {
    const { put } = await bareMachine();
    const emulator = await anEmulator();
    const account = await emulator.serviceAccount();
    await put(ADC_FILE, (await emulator.authorizedUser()).info);
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', account.path);

    const { credentials, projectId } = await defaultCredentials({ scopes: CLOUD });

    expect(credentials).toBeInstanceOf(ServiceAccountCredentials);
    expect(projectId).toBe(account.info.project_id);
    expect((await credentials.refresh()).scopes).toEqual([CLOUD]);
  });

  test("gcloud's file goes before the metadata server, which is then not asked", async () => {
    const { put } = await bareMachine();
    const emulator = await anEmulator();
    const { env } = await emulator.metadata();
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.stubEnv('NO_GCE_CHECK', undefined);
    const user = await emulator.authorizedUser();
    await put(ADC_FILE, user.info);

    const { credentials } = await defaultCredentials();

    expect(credentials).toBeInstanceOf(UserCredentials);
    expect(emulator.requests.total).toBe(0);
  });

  test('the machine comes last, with its project', async () => {
    await bareMachine();
    const emulator = await anEmulator();
    const { env } = await emulator.metadata({ projectId: 'machine-project' });
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.stubEnv('NO_GCE_CHECK', undefined);

    const { credentials, projectId } = await defaultCredentials({ scopes: CLOUD });

    expect(credentials).toBeInstanceOf(MetadataCredentials);
    expect(projectId).toBe('machine-project');
    expect((await credentials.refresh()).value).not.toBe('');
  });
});

describe('Projects', () => {
  test('the environment names it before the source does', async () => {
    await bareMachine();
    const emulator = await anEmulator();
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', (await emulator.serviceAccount()).path);
    vi.stubEnv('GCLOUD_PROJECT', 'second');

    expect((await defaultCredentials()).projectId).toBe('second');
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'first');
    expect((await defaultCredentials()).projectId).toBe('first');
  });

  test("that of gcloud's active configuration is read where its file names none, and no process is run", async () => {
    const { put } = await bareMachine();
    await put(ADC_FILE, (await (await anEmulator()).authorizedUser()).info);
    await put('active_config', 'work\n');
    await put(
      'configurations/config_work',
      '[core]\naccount = a@b.c\nproject = gcloud-project\n[compute]\nproject = no\n',
    );

    expect((await defaultCredentials()).projectId).toBe('gcloud-project');
  });

  test('nobody may know it', async () => {
    const { put } = await bareMachine();
    await put(ADC_FILE, (await (await anEmulator()).authorizedUser()).info);
    await put('active_config', '../../etc/passwd');

    expect((await defaultCredentials()).projectId).toBeUndefined();
  });

  test('the quota project is the option, else that of the environment, else that of the file', async () => {
    const { put } = await bareMachine();
    await put(ADC_FILE, (await (await anEmulator()).authorizedUser({ quotaProjectId: 'file' })).info);
    const quotaProject = async (options = {}): Promise<string | undefined> =>
      (await defaultCredentials(options)).credentials.quotaProjectId;

    expect(await quotaProject()).toBe('file');
    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'environment');
    expect(await quotaProject()).toBe('environment');
    expect(await quotaProject({ quotaProjectId: 'option' })).toBe('option');
  });
});

describe('Scopes', () => {
  test('go to service accounts, and not to users, whose scopes are those of the consent', async () => {
    const { put } = await bareMachine();
    const emulator = await anEmulator();
    await put(ADC_FILE, (await emulator.authorizedUser()).info);

    const user = await defaultCredentials({ scopes: CLOUD });
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', (await emulator.serviceAccount()).path);
    const account = await defaultCredentials({ defaultScopes: CLOUD });

    expect((user.credentials as UserCredentials).scopes).toBeUndefined();
    expect((account.credentials as ServiceAccountCredentials).defaultScopes).toEqual([CLOUD]);
  });
});

describe('Failures', () => {
  test('list every place, and why it was passed over', async () => {
    const { folder } = await bareMachine();

    const error = await failure();

    expect(error.code).toBe('no_credentials');
    expect(error.message.split('\n')).toEqual([
      'No default credentials were found. Looked at:',
      '  - GOOGLE_APPLICATION_CREDENTIALS: it is not set',
      `  - gcloud's application default credentials: there is no file ${folder}/${ADC_FILE}`,
      '  - metadata server: NO_GCE_CHECK is "true"',
      expect.stringContaining('gcloud auth application-default login') as unknown as string,
    ]);
  });

  test('never speak the words for which some Google clients send the request anonymously', async () => {
    await bareMachine();

    expect((await failure()).message).not.toMatch(/could not load the default credentials/i);
  });

  test('are not remembered', async () => {
    const { put } = await bareMachine();
    await failure();

    await put(ADC_FILE, (await (await anEmulator()).authorizedUser()).info);

    expect((await defaultCredentials()).credentials).toBeInstanceOf(UserCredentials);
  });

  test('a file that is named and not there ends the search, and says who named it', async () => {
    const { put, folder } = await bareMachine();
    await put(ADC_FILE, (await (await anEmulator()).authorizedUser()).info);
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', `${folder}/missing.json`);

    const error = await failure();

    expect(error).toMatchObject({ code: 'file_not_found' });
    expect(error.message).toContain(`${folder}/missing.json`);
    expect(error.message).toContain('GOOGLE_APPLICATION_CREDENTIALS');
  });

  test("gcloud's own file, where the environment names it, falls through where it is not there", async () => {
    const { folder } = await bareMachine();
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', `${folder}/${ADC_FILE}`);

    expect((await failure()).code).toBe('no_credentials');
  });

  test.each([
    ['{', 'invalid_json'],
    [{ type: 'unheard_of' }, 'wrong_type'],
    [{ type: 'authorized_user' }, 'missing_fields'],
  ])('F60 a file of gcloud that is there and cannot be used ends the search: %j', async (content, code) => {
    const { put, folder } = await bareMachine();
    await put(ADC_FILE, content);

    const error = await failure();

    expect(error.code).toBe(code);
    expect(error.message).toContain(folder);
    expect(error.message).toContain('GOOGLE_APPLICATION_CREDENTIALS: it is not set');
  });

  test('a signal ends the search', async () => {
    await bareMachine();

    await expect(defaultCredentials({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
  });

  test.each([
    [{ request: {} }, '"request"'],
    [{ scopes: 7 }, '"scopes"'],
    [7, '"options"'],
  ])('a wrong option is a TypeError that names it: %j', async (options, name) => {
    const { put } = await bareMachine();
    vi.stubEnv(
      'GOOGLE_APPLICATION_CREDENTIALS',
      await put('key.json', (await (await anEmulator()).serviceAccount()).info),
    );

    await expect(defaultCredentials(options as never)).rejects.toThrow(name);
  });
});
