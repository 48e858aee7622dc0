import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GcloudCliCredentials, type TokenSet } from 'credence';
import { manualClock } from 'credence/testing';
import { systemClock, type Clock } from '../../../src/base/clock.js';
import { gcloudAsk } from '../../../src/credentials/gcloud/gcloud-ask.js';
import { mintByGcloud, type GcloudMint } from '../../../src/credentials/gcloud/gcloud-mint.js';
import { expectNoSecret, rejection } from '../../contract/secrets.js';
import { gcloudStandIn } from '../../fixtures/gcloud.js';
import { expectEnded } from '../../fixtures/processes.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const folder = temporaryFolder('gcloud');
const gcloud = gcloudStandIn();
const HELPER = 'config config-helper --format=json';
const PRINT = 'auth print-access-token';
const NOW = Date.UTC(2026, 0, 1);

function mint(account?: string, overrides: Partial<GcloudMint> = {}): Promise<TokenSet> {
  const ask = gcloudAsk({ command: gcloud.command, account, timeoutMs: 60_000 });
  const clock = { ...systemClock, now: () => NOW };
  return mintByGcloud(ask, { clock, signal: new AbortController().signal, anew: false, ...overrides });
}

describe('mintByGcloud', () => {
  it('learns the token and its end by one command', async () => {
    gcloud.configure({ token: 'ya29.x', expiresAt: NOW + 1_000_000 });

    const { accessToken, expiryAssumed } = await mint();

    expect([accessToken.value, accessToken.expiresAt, expiryAssumed]).toEqual(['ya29.x', NOW + 1_000_000, false]);
    expect(gcloud.asked).toEqual([HELPER]);
  });

  it('names the account', async () => {
    gcloud.configure({ account: 'ann@example.com' });

    await mint('ann@example.com');

    expect(gcloud.asked).toEqual([`${HELPER} --account=ann@example.com`]);
  });

  it('has gcloud refresh where the token that it keeps is not wanted', async () => {
    await mint('user-1@example.com', { anew: true });

    expect(gcloud.asked).toEqual([`${HELPER} --force-auth-refresh --account=user-1@example.com`]);
  });

  it('F17 assumes a short life where gcloud does not tell', async () => {
    gcloud.configure({ expiresAt: null });

    const { accessToken, expiryAssumed } = await mint();

    expect([accessToken.expiresAt, expiryAssumed]).toEqual([NOW + 300_000, true]);
    expect(gcloud.asked).toEqual([HELPER]);
  });

  it('F17 counts an assumed life from gcloud’s answer, however long that took', async () => {
    const script = join(folder.path, 'gcloud');
    writeFileSync(
      script,
      '#!/bin/sh\n[ "$1" = auth ] || exit 1\n: > "$0.started"\nuntil [ -e "$0.go" ]; do sleep 0.02; done\necho ya29.x\n',
    );
    chmodSync(script, 0o700);
    const clock = manualClock();
    const user = new GcloudCliCredentials({ command: script, assumedLifetimeMs: 1_000, clock });
    const refreshing = user.refresh();
    await expect.poll(() => existsSync(`${script}.started`)).toBe(true);
    await clock.advance(1_200);

    writeFileSync(`${script}.go`, '');

    expect((await refreshing).expiresAt).toBe(clock.now() + 1_000);
    expect(user.expired).toBe(false);
  });

  it('F18 believes a year at most', async () => {
    gcloud.configure({ expiresAt: Date.UTC(9999, 0, 1) });

    const { accessToken, expiryAssumed } = await mint();

    expect([accessToken.expiresAt, expiryAssumed]).toEqual([NOW + 365 * 86_400_000, false]);
  });

  it.each([
    ['{"credential":{"access_token":"ya29.x"}}', 1],
    ['ya29.x\\n', 2],
  ])('waits for nobody who still holds the output once %s is there', async (printed, runs) => {
    const script = join(folder.path, 'gcloud');
    const line = `printf '${printed}'; sleep 60 &`;
    writeFileSync(
      script,
      `#!/bin/sh\necho run >> "$0.runs"\n${runs === 1 ? '' : '[ "$1" = auth ] || exit 1\n'}${line}\n`,
    );
    chmodSync(script, 0o700);
    const schedule: Clock['schedule'] = (ms, work) => systemClock.schedule(ms === 1_000 ? 1e9 : ms, work);
    const ask = gcloudAsk({ command: script, timeoutMs: 60_000 });
    const clock = { ...systemClock, schedule };

    const { accessToken } = await mintByGcloud(ask, { clock, signal: new AbortController().signal, anew: false });

    expect(accessToken.value).toBe('ya29.x');
    expect(readFileSync(`${script}.runs`, 'utf8')).toBe('run\n'.repeat(runs));
  });

  it.each([
    ['fails', { stderr: 'ERROR: (gcloud.config) Invalid choice: config-helper', exitCode: 2, stdout: '' }],
    ['prints something else', { stdout: 'hello' }],
  ])('F17 is content with the token alone where the first command %s', async (_, configHelper) => {
    gcloud.configure({ configHelper, account: 'ann@example.com', token: 'ya29.y' });

    const { accessToken, expiryAssumed } = await mint('ann@example.com');

    expect([accessToken.value, accessToken.expiresAt, expiryAssumed]).toEqual(['ya29.y', NOW + 300_000, true]);
    expect(gcloud.asked).toEqual([`${HELPER} --account=ann@example.com`, `${PRINT} --account=ann@example.com`]);
  });

  it('keeps warnings on standard error out of the token', async () => {
    const stderr = 'WARNING: This command is using service account impersonation.\n';
    gcloud.configure({ token: 'ya29.z', configHelper: { stderr, exitCode: 1 }, printAccessToken: { stderr } });

    expect((await mint()).accessToken.value).toBe('ya29.z');
  });

  it.each([
    ['gcloud_signed_out', { signedIn: false }],
    ['gcloud_signed_out', { account: 'somebody-else@example.com' }],
    ['reauth_required', { reauthRequired: true }],
  ] as const)('%s is found by one command', async (code, settings) => {
    gcloud.configure(settings);

    expect(await rejection(mint('user-1@example.com'))).toMatchObject({ code });
    expect(gcloud.asked).toHaveLength(1);
  });

  it('tells what the last command said where both fail', async () => {
    gcloud.configure({
      configHelper: { stderr: 'ERROR: (gcloud.config.config-helper) first', exitCode: 1 },
      printAccessToken: { stderr: 'ERROR: (gcloud.auth.print-access-token) second', exitCode: 1, stdout: '' },
    });

    const error = (await rejection(mint())) as Error;

    expect(error).toMatchObject({ code: 'gcloud_failed', retryable: true });
    expect(error.message).toBe(
      '`gcloud auth print-access-token` failed with exit code 1. Run it to see why. It said "second".',
    );
  });

  it('does not take the token that gcloud keeps for a new one', async () => {
    gcloud.configure({ configHelper: { exitCode: 1, stderr: 'ERROR: no network' } });

    expect(await rejection(mint(undefined, { anew: true }))).toMatchObject({ code: 'gcloud_failed', retryable: true });
    expect(gcloud.asked).toEqual([`${HELPER} --force-auth-refresh`]);
  });

  it('F78 F79 shows no token in an error, wherever gcloud printed it', async () => {
    const answer = {
      exitCode: 1,
      stdout: 'secret-of-any-form-at-all',
      stderr: 'ERROR: cannot store secret-of-any-form-at-all',
    };
    gcloud.configure({ configHelper: answer, printAccessToken: answer });

    const error = (await rejection(mint())) as Error;

    expectNoSecret(error);
    expect(error.message).toContain('cannot store [redacted]');
  });

  it('asks no second command where the first was silent for too long', async () => {
    const clock = manualClock();
    gcloud.configure({ configHelper: { delayMs: 60_000 } });
    const minting = rejection(mint(undefined, { clock }));
    await expect.poll(() => gcloud.asked.length).toBe(1);

    await clock.advance(60_000);

    expect(await minting).toMatchObject({ code: 'gcloud_failed', retryable: true });
    expect(gcloud.asked).toEqual([HELPER]);
  });

  it('F55 leaves no process behind when it is aborted', async () => {
    const controller = new AbortController();
    gcloud.configure({ configHelper: { delayMs: 60_000 } });
    const minting = rejection(mint(undefined, { signal: controller.signal }));
    await expect.poll(() => gcloud.asked.length).toBe(1);

    controller.abort('time is up');

    expect(await minting).toBe('time is up');
    await expectEnded(gcloud.runs.at(-1)!.pid);
  });
});
