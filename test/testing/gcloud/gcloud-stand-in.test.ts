import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createGcloudStandIn } from '../../../src/testing/gcloud/gcloud-stand-in.js';

test('it lies in a folder of its own under the name of gcloud, until it is removed', () => {
  const standIn = createGcloudStandIn({ token: 'ya29.x' });
  const env = { ...process.env, PATH: [standIn.folder, process.env['PATH']].join(delimiter) };

  const { stdout } = spawnSync('gcloud', ['auth', 'print-access-token'], { env, encoding: 'utf8' });
  standIn.remove();

  expect(stdout).toBe('ya29.x\n');
  expect(existsSync(standIn.folder)).toBe(false);
});

test('it counts its runs, in order, with what each was given', () => {
  using standIn = createGcloudStandIn();
  const env = { ...process.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };

  const first = spawnSync(standIn.command, ['config', 'get', 'project'], { env });
  spawnSync(standIn.command, ['auth', 'print-access-token', 'a b', '$(id)']);

  expect(standIn.runs).toEqual([
    { args: ['config', 'get', 'project'], pid: first.pid, promptsDisabled: true },
    { args: ['auth', 'print-access-token', 'a b', '$(id)'], pid: expect.any(Number), promptsDisabled: false },
  ]);
});

test('settings stay until they are changed, and undefined brings back the default', () => {
  using standIn = createGcloudStandIn({ token: 'ya29.x', project: 'my-project' });
  const project = (): string => spawnSync(standIn.command, ['config', 'get', 'project'], { encoding: 'utf8' }).stdout;
  const account = (): string =>
    spawnSync(standIn.command, ['auth', 'print-access-token', '--account=user-1@example.com'], { encoding: 'utf8' })
      .stdout;

  standIn.configure({ account: 'ann@example.com' });
  const [kept, other] = [project(), account()];
  standIn.configure({ account: undefined, project: undefined });

  expect([kept, other, project(), account()]).toEqual(['my-project\n', '', '', 'ya29.x\n']);
});

test('wrong settings change nothing, and leave no folder behind', () => {
  using standIn = createGcloudStandIn({ project: 'my-project' });
  const elsewhere = mkdtempSync(join(tmpdir(), 'credence-test-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(elsewhere, { recursive: true });
  });
  vi.stubEnv('TMPDIR', elsewhere);

  expect(() => createGcloudStandIn({ signedIn: 'no' as never })).toThrow('"signedIn" must be a boolean');
  expect(() => {
    standIn.configure({ project: 'another', signedin: false } as never);
  }).toThrow('"settings" must not hold "signedin"');

  expect(readdirSync(elsewhere)).toEqual([]);
  expect(spawnSync(standIn.command, ['config', 'get', 'project'], { encoding: 'utf8' }).stdout).toBe('my-project\n');
});
