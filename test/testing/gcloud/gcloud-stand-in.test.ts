import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
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
