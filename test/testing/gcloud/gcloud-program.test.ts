import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { expect, test } from 'vitest';
import { gcloudStandIn } from '../../fixtures/gcloud.js';

const gcloud = gcloudStandIn();

function run(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(gcloud.command, args, { encoding: 'utf8' });
}

test('it prints what gcloud prints for each of its commands', () => {
  gcloud.configure({ token: 'ya29.x', project: 'my-project', expiresAt: Date.UTC(2026, 0, 2, 3, 4, 5) });

  const helper = run('config', 'config-helper', '--format=json');

  expect(JSON.parse(helper.stdout)).toEqual({
    configuration: {
      active_configuration: 'default',
      properties: { core: { account: 'user-1@example.com', project: 'my-project' } },
    },
    credential: { access_token: 'ya29.x', id_token: null, token_expiry: '2026-01-02T03:04:05Z' },
  });
  expect(run('auth', 'print-access-token').stdout).toBe('ya29.x\n');
  expect(run('config', 'get', 'project').stdout).toBe('my-project\n');
});

test('its tokens differ from run to run, and end an hour later', () => {
  const read = (): { access_token: string; token_expiry: string } =>
    JSON.parse(run('config', 'config-helper', '--format=json').stdout).credential;

  const [one, two] = [read(), read()];

  expect(one.access_token).toMatch(/^ya29\.gcloud-stand-in-\d+$/);
  expect(two.access_token).not.toBe(one.access_token);
  expect(Math.abs(Date.parse(one.token_expiry) - Date.now() - 3_600_000)).toBeLessThan(60_000);
});

test('an end that it does not tell is null', () => {
  gcloud.configure({ expiresAt: null });

  expect(JSON.parse(run('config', 'config-helper', '--format=json').stdout).credential.token_expiry).toBeNull();
});

test('it complains as gcloud does of nobody, of another account, and of a sign-in that has aged', () => {
  const complaint = (...args: string[]): string => {
    const { status, stdout, stderr } = run('auth', 'print-access-token', ...args);
    expect([status, stdout]).toEqual([1, '']);
    return stderr.split('\n')[0]!;
  };

  const other = complaint('--account=other@example.com');
  gcloud.configure({ reauthRequired: true });
  const aged = complaint();
  gcloud.configure({ signedIn: false });
  const nobody = complaint();

  expect([other, aged, nobody]).toEqual([
    'ERROR: (gcloud.auth.print-access-token) Your current active account [other@example.com] does not have any valid credentials',
    'ERROR: (gcloud.auth.print-access-token) There was a problem refreshing your current auth tokens: Reauthentication failed. cannot prompt during non-interactive execution.',
    'ERROR: (gcloud.auth.print-access-token) You do not currently have an active account selected.',
  ]);
});

test('it knows no other commands', () => {
  expect(run('compute', 'instances', 'list')).toMatchObject({ status: 2, stdout: '' });
});

test('it does what it is told instead, and prints the rest as usual', () => {
  gcloud.configure({ token: 'ya29.x', printAccessToken: { stderr: 'WARNING: old\n', exitCode: 7 } });

  expect(run('auth', 'print-access-token')).toMatchObject({ status: 7, stdout: 'ya29.x\n', stderr: 'WARNING: old\n' });
});
