import { describe, expect, test, vi } from 'vitest';
import { defaultCredentials } from '../../src/adc/default-credentials.js';
import { MetadataCredentials } from '../../src/credentials/metadata/metadata.js';
import { ServiceAccountCredentials } from '../../src/credentials/service-account/service-account.js';
import { UserCredentials } from '../../src/credentials/user/user.js';
import { ConfigurationError } from '../../src/errors.js';
import { bareMachine, countedConnections, gcloudOnPath, onGoogleCloud } from '../fixtures/adc.js';
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
    onGoogleCloud(await emulator.metadata());
    const user = await emulator.authorizedUser();
    await put(ADC_FILE, user.info);

    const { credentials } = await defaultCredentials();

    expect(credentials).toBeInstanceOf(UserCredentials);
    expect(emulator.requests.total).toBe(0);
  });

  test('the machine comes last, with its project', async () => {
    await bareMachine();
    const emulator = await anEmulator();
    onGoogleCloud(await emulator.metadata({ projectId: 'machine-project' }));

    const { credentials, projectId } = await defaultCredentials({ scopes: CLOUD });

    expect(credentials).toBeInstanceOf(MetadataCredentials);
    expect(projectId).toBe('machine-project');
    expect((await credentials.refresh()).value).not.toBe('');
  });
});

describe('Only what the source needs is touched: no process is spawned, and no connection made', () => {
  test.each(['GOOGLE_APPLICATION_CREDENTIALS', 'gcloud'])(
    'for a user or a service account, named by %s',
    async (by) => {
      const { put } = await bareMachine();
      const emulator = await anEmulator();
      onGoogleCloud(await emulator.metadata());
      const gcloud = gcloudOnPath();
      for (const info of [(await emulator.authorizedUser()).info, (await emulator.serviceAccount()).info]) {
        const path = await put(by === 'gcloud' ? ADC_FILE : 'other.json', info);
        vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', by === 'gcloud' ? undefined : path);
        const connections = countedConnections();

        const { credentials } = await defaultCredentials({
          scopes: CLOUD,
          request: () => Promise.reject(new Error('nobody is to be asked')),
        });

        expect(credentials.tokenState).toBe('invalid');
        expect([connections.count, emulator.requests.total]).toEqual([0, 0]);
      }
      expect(gcloud.runs).toEqual([]);
    },
  );

  test('and the machine is pinged once, and asked for its project and nothing else', async () => {
    await bareMachine();
    const emulator = await anEmulator();
    onGoogleCloud(await emulator.metadata());
    const gcloud = gcloudOnPath();

    await defaultCredentials({ scopes: CLOUD });

    const { metadataPing, metadata, total } = emulator.requests;
    expect([metadataPing, metadata, total, gcloud.runs]).toEqual([1, 1, 2, []]);
  });

  test('not even for the project, where the environment names it', async () => {
    const { put } = await bareMachine();
    const emulator = await anEmulator();
    onGoogleCloud(await emulator.metadata());
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'named');
    await put('configurations/config_default', '[core]\nproject = of-gcloud\n');

    expect((await defaultCredentials()).projectId).toBe('named');
    expect([emulator.requests.metadataPing, emulator.requests.metadata]).toEqual([1, 0]);
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

  test.each(['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT'])(
    'a variable that could not stand in a header is refused before anything is looked at: %s',
    async (variable) => {
      await bareMachine();
      const emulator = await anEmulator();
      onGoogleCloud(await emulator.metadata());
      vi.stubEnv(variable, 'project\r\nx-evil: 1');

      const error = await failure();

      expect(error.code).toBe('invalid_field');
      expect(error.message).toMatch(new RegExp(`^The environment variable ${variable} must be .* or unset it\\.$`));
      expect(emulator.requests.total).toBe(0);
    },
  );

  test('one of a key file that could not stand in a header is refused, with the file', async () => {
    const { put } = await bareMachine();
    const { info } = await (await anEmulator()).serviceAccount();
    const path = await put('key.json', { ...info, project_id: 'project\r\nx-evil: 1' });
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path);

    const error = await failure();

    expect(error.code).toBe('invalid_field');
    expect(error.message).toMatch(`"project_id" of the file ${path} must be visible ASCII`);
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

describe('The quota project of the environment', () => {
  test.each(['gcloud', 'GOOGLE_APPLICATION_CREDENTIALS', 'the machine'])(
    'is blamed alone where it cannot be used, whatever is found by %s',
    async (by) => {
      const { put } = await bareMachine();
      const emulator = await anEmulator();
      onGoogleCloud(await emulator.metadata());
      if (by === 'gcloud') await put(ADC_FILE, (await emulator.authorizedUser()).info);
      if (by === 'GOOGLE_APPLICATION_CREDENTIALS') vi.stubEnv(by, (await emulator.serviceAccount()).path);
      vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'not a project');

      const error = await failure();

      expect(error.code).toBe('invalid_field');
      expect(error.message).toMatch(/^The environment variable GOOGLE_CLOUD_QUOTA_PROJECT must be .* or unset it\.$/);
      expect((await defaultCredentials({ quotaProjectId: 'option' })).credentials.quotaProjectId).toBe('option');
    },
  );

  test('is that of the machine too', async () => {
    await bareMachine();
    onGoogleCloud(await (await anEmulator()).metadata());
    vi.stubEnv('GOOGLE_CLOUD_QUOTA_PROJECT', 'environment');

    expect((await defaultCredentials()).credentials.quotaProjectId).toBe('environment');
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

    expect(user.credentials).toHaveProperty('scopes', undefined);
    expect(account.credentials).toHaveProperty('defaultScopes', [CLOUD]);
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

    const error = await failure();

    expect(error.code).toBe('no_credentials');
    expect(error.message.split('\n').slice(1, 3)).toEqual([
      "  - GOOGLE_APPLICATION_CREDENTIALS: it names gcloud's own file, which is not there",
      `  - gcloud's application default credentials: there is no file ${folder}/${ADC_FILE}`,
    ]);
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
  ])('a wrong option is a TypeError that names it, before anything is looked at: %j', async (options, name) => {
    await bareMachine();

    await expect(defaultCredentials(options as never)).rejects.toThrow(name);
  });
});
