import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from 'credence/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runSample } from './run.js';

const ANSI = '\u001B[';

/** Runs the quickstart on a credential file of this content. */
async function runOn(content: string, env: Record<string, string> = {}): ReturnType<typeof runSample> {
  const folder = await mkdtemp(path.join(tmpdir(), 'credence-quickstart-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'credentials.json');
  await writeFile(file, content);
  return await runSample('quickstart', { GOOGLE_APPLICATION_CREDENTIALS: file, ...env });
}

describe('without an environment', () => {
  test('The quickstart shows every step on the emulator, and all of them hold.', async () => {
    const { code, output, errors } = await runSample('quickstart');

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).not.toContain('✘');
    expect(output.match(/^\d\. /gm)).toHaveLength(9);
    expect(output).toContain('100 of 100 answered 200, for user-1@example.com');
    expect(output).toContain('Token requests: 1\n');
    expect(output).toMatch(/calls while the token endpoint took 300 ms: the longest waited \d+\.\d ms/);
    expect(output).toContain('The API saw <token 1> first and <token 2> last; token requests: 2');
    expect(output).toMatch(/Replaced after \d\.\d s of its 2 s; it was usable to the last/);
    expect(output).toContain("TokenServer.fetch('quickstart') has it at once: [redacted access token");
    expect(output).toContain('The API saw x-goog-user-project: my-project');
    expect(output).toContain('The file holds the new refresh token');
    expect(output).toContain('20 calls answered, the broker was asked once');
    expect(output).toContain('code: invalid_grant, retryable: false');
    expect(output).toMatch(/Next: README\.md.*\n$/);
  });
});

describe('where GOOGLE_APPLICATION_CREDENTIALS names an authorized-user file', () => {
  test('It mints once, asks tokeninfo, revokes nothing, and leaves the file as it is.', async () => {
    await using emulator = await startEmulator();
    const { path: file } = await emulator.authorizedUser({ grantedScopes: ['openid', 'email'] });
    const content = await readFile(file, 'utf8');

    const { code, output, errors } = await runSample('quickstart', { GOOGLE_APPLICATION_CREDENTIALS: file });

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/Lifetime: 3[56]\d\d s\n.*Scope: openid\n.*Scope: email\n/);
    expect(emulator.requests).toMatchObject({ token: 1, tokenInfo: 1, revoke: 0, api: 0 });
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  test('A token endpoint that cannot be reached ends in the error of the library, without a stack.', async () => {
    await using emulator = await startEmulator();
    const { path: file } = await emulator.authorizedUser();
    await emulator.outage(true);

    const { code, errors } = await runSample('quickstart', { GOOGLE_APPLICATION_CREDENTIALS: file });

    expect(code).toBe(1);
    expect(errors).toMatch(/^✘ RefreshError endpoint_unreachable: .*ECONNREFUSED.*\n$/);
  });

  test('A tokeninfo endpoint that refuses fails it, and says so.', async () => {
    await using emulator = await startEmulator();
    const { path: file } = await emulator.authorizedUser();
    emulator.faults.always('tokenInfo', { status: 503, body: {} });

    const { code, errors } = await runSample('quickstart', { GOOGLE_APPLICATION_CREDENTIALS: file });

    expect(code).toBe(1);
    expect(errors).toBe(`✘ ${emulator.tokenInfoUri} did not tell: it answered 503.\n`);
  });
});

describe('where it names something else', () => {
  test('Other credentials, and those of a server that might replace the refresh token, are left alone.', async () => {
    const elsewhere = {
      client_id: 'id',
      client_secret: 'word',
      refresh_token: 'r',
      token_uri: 'https://login.example.com/',
    };

    const runs = await Promise.all([runOn('{"type": "service_account"}'), runOn(JSON.stringify(elsewhere))]);

    expect(runs).toMatchObject([
      { code: 0, errors: '', output: expect.stringContaining('credentials of the type "service_account"') },
      { code: 0, errors: '', output: expect.stringContaining('is for the server login.example.com') },
    ]);
    for (const { output } of runs) expect(output).toContain('100 of 100 answered 200');
  });

  test.each([
    ['{"type": "authorized_user"', /^✘ ConfigurationError invalid_json: The file .*\n$/],
    [
      '{"client_id": "id", "client_secret": "word"}',
      /^✘ ConfigurationError missing_fields: .* lacks "refresh_token".*\n$/,
    ],
  ])('A file that holds %s ends in the error of the library, without a stack.', async (content, message) => {
    const { code, errors } = await runOn(content);

    expect(code).toBe(1);
    expect(errors).toMatch(message);
  });

  test('A file that is missing is named, without a stack.', async () => {
    const { code, errors } = await runSample('quickstart', { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/at/all.json' });

    expect(code).toBe(1);
    expect(errors).toMatch(/^✘ ConfigurationError file_not_found: Cannot read \/nowhere\/at\/all\.json: .*\n$/);
  });
});

test('Colours are shown where they are asked for, and never where NO_COLOR is set.', async () => {
  const coloured = await runOn('{}', { FORCE_COLOR: '1' });
  const plain = await runOn('{}', { NO_COLOR: '1' });

  expect(coloured.output).toContain(ANSI);
  expect(plain.output + plain.errors).not.toContain(ANSI);
});
