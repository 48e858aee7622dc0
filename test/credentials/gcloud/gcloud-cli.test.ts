import { symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { StaticCredentials, type RefreshError } from 'credence';
import { manualClock, type ManualClock } from 'credence/testing';
import { GcloudCliCredentials } from '../../../src/credentials/gcloud/gcloud-cli.js';
import type { GcloudCliCredentialsOptions } from '../../../src/credentials/gcloud/gcloud-options.js';
import { rejection } from '../../contract/secrets.js';
import { gcloudStandIn } from '../../fixtures/gcloud.js';
import { expectEnded } from '../../fixtures/processes.js';
import { headersOf, turn } from '../../fixtures/scripted-credentials.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const gcloud = gcloudStandIn();
const folder = temporaryFolder();
const HELPER = 'config config-helper --format=json';
const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.unstubAllEnvs();
});

function credentials(clock: ManualClock, options: GcloudCliCredentialsOptions = {}): GcloudCliCredentials {
  return new GcloudCliCredentials({ command: gcloud.command, clock, ...options });
}

/** Real processes take their time, and the clock stands still meanwhile. */
async function expectAsked(times: number): Promise<void> {
  await expect.poll(() => gcloud.asked.length).toBe(times);
}

describe('GcloudCliCredentials', () => {
  it('F82 share no token with credentials of another kind', () => {
    const other = new StaticCredentials('secret-of-another');

    expect(() => new GcloudCliCredentials({}, other as never)).toThrow(
      new TypeError('"share" must be GcloudCliCredentials'),
    );
  });

  it('find gcloud on the PATH', async () => {
    vi.stubEnv('PATH', [gcloud.folder, process.env['PATH']].join(delimiter));
    gcloud.configure({ token: 'ya29.on-the-path' });

    expect(await headersOf(new GcloudCliCredentials())).toEqual({ authorization: 'Bearer ya29.on-the-path' });
    expect(gcloud.runs.at(-1)).toMatchObject({ promptsDisabled: true });
  });

  it('run nothing before a token is needed', () => {
    const made = credentials(manualClock()).withAccount('ann@example.com').withQuotaProject('project');

    expect(made.tokenState).toBe('invalid');
    expect(gcloud.asked).toEqual([]);
  });

  it('run gcloud once for a thousand requests, one after the other, within one token’s life', async () => {
    const clock = manualClock();
    gcloud.configure({ expiresAt: clock.now() + HOUR_MS });
    const user = credentials(clock);

    for (let request = 0; request < 1_000; request += 1) {
      await headersOf(user);
      await clock.advance(3_000);
    }

    expect(gcloud.asked).toEqual([HELPER]);
  });

  it('run it twice for a thousand requests at once where it does not tell how long the token lives', async () => {
    const clock = manualClock();
    gcloud.configure({ configHelper: { exitCode: 2, stderr: 'ERROR: Invalid choice' } });
    const user = credentials(clock);

    await Promise.all(Array.from({ length: 1_000 }, () => headersOf(user)));

    expect(gcloud.asked).toEqual([HELPER, 'auth print-access-token']);
    expect(user.expiry).toEqual(new Date(clock.now() + 300_000));
  });

  it('believe a life of unknown length for as long as they are told', async () => {
    const clock = manualClock();
    gcloud.configure({ expiresAt: null });
    const user = credentials(clock, { assumedLifetimeMs: 60_000 });

    await user.refresh();

    expect(user.expiry).toEqual(new Date(clock.now() + 60_000));
  });

  it('leave it to gcloud to replace a token that is about to end', async () => {
    const clock = manualClock();
    gcloud.configure({ expiresAt: clock.now() + HOUR_MS });
    const user = credentials(clock);
    await user.refresh();
    gcloud.configure({ expiresAt: clock.now() + 2 * HOUR_MS });
    await clock.advance(HOUR_MS - 225_000);

    user.tryApply({});
    await expect.poll(() => user.tokenState).toBe('fresh');

    expect(gcloud.asked).toEqual([HELPER, HELPER]);
  });

  it('do not ask again and again where gcloud keeps giving the same token', async () => {
    const clock = manualClock();
    const endsAt = clock.now() + HOUR_MS;
    gcloud.configure({ token: 'ya29.the-same', expiresAt: endsAt });
    const user = credentials(clock);
    await user.refresh();
    await clock.advance(HOUR_MS - 200_000);

    user.tryApply({});
    await expect.poll(() => user.tokenState).toBe('fresh');
    for (let request = 0; request < 100; request += 1) {
      await headersOf(user);
      await clock.advance(1_000);
    }

    expect(gcloud.asked).toHaveLength(2);
  });

  it('F43 have gcloud refresh a token that an API refused', async () => {
    const clock = manualClock();
    gcloud.configure({ expiresAt: clock.now() + HOUR_MS });
    const user = credentials(clock);
    const { value } = await user.refresh();

    user.invalidate(value);
    const headers = await headersOf(user.withQuotaProject('project'));

    expect(headers['authorization']).not.toBe(`Bearer ${value}`);
    expect(gcloud.asked).toEqual([HELPER, `${HELPER} --force-auth-refresh`]);
  });

  it('have gcloud refresh where refresh() asks for another token than the one it keeps', async () => {
    const clock = manualClock();
    gcloud.configure({ expiresAt: clock.now() + HOUR_MS });
    const user = credentials(clock);

    await user.refresh();
    await user.refresh();

    expect(gcloud.asked).toEqual([HELPER, `${HELPER} --force-auth-refresh`]);
  });

  it('for another account hold another token, and the quota project goes along', async () => {
    const clock = manualClock();
    const user = credentials(clock, { quotaProjectId: 'project' });
    await user.refresh();
    gcloud.configure({ account: 'ann@example.com', token: 'ya29.of-ann' });

    const other = user.withAccount('ann@example.com');

    expect([user.account, other.account, other.withAccount(undefined).account]).toEqual([
      undefined,
      'ann@example.com',
      undefined,
    ]);
    expect(other.token).toBeUndefined();
    expect(await headersOf(other)).toEqual({ authorization: 'Bearer ya29.of-ann', 'x-goog-user-project': 'project' });
    expect(gcloud.asked).toEqual([HELPER, `${HELPER} --account=ann@example.com`]);
    expect(other.getCredentialInfo()).toEqual({
      source: 'gcloud',
      type: 'gcloud credentials',
      principal: 'ann@example.com',
    });
    expect(user.getCredentialInfo()).toEqual({ source: 'gcloud', type: 'gcloud credentials' });
  });

  it('refuse an account that could be an option of gcloud, in copies too', () => {
    const user = credentials(manualClock());

    expect(() => user.withAccount('--flags-file=/x')).toThrow(/"account" must be an e-mail address/);
  });

  it('say three different things where gcloud is missing, signed out, or in want of reauthentication', async () => {
    const codes: unknown[] = [];
    const noteFailure = async (user: GcloudCliCredentials): Promise<void> => {
      codes.push(((await rejection(headersOf(user))) as RefreshError).code);
    };

    await noteFailure(credentials(manualClock(), { command: 'credence-no-such-gcloud' }));
    gcloud.configure({ signedIn: false });
    await noteFailure(credentials(manualClock()));
    gcloud.configure({ signedIn: true, reauthRequired: true });
    await noteFailure(credentials(manualClock()));

    expect(codes).toEqual(['gcloud_not_found', 'gcloud_signed_out', 'reauth_required']);
  });

  it('notice by themselves that somebody signed in again elsewhere', async () => {
    const clock = manualClock();
    gcloud.configure({ reauthRequired: true });
    const user = credentials(clock);
    await rejection(headersOf(user));
    gcloud.configure({ reauthRequired: false, token: 'ya29.again' });

    const held = await rejection(headersOf(user));
    await clock.advance(60_000);

    expect(held).toMatchObject({ code: 'reauth_required', nextAttemptAt: clock.now() });
    expect(gcloud.asked).toHaveLength(1);
    expect(await headersOf(user)).toEqual({ authorization: 'Bearer ya29.again' });
  });

  it.each([
    ['signed in', { signedIn: false }, { signedIn: true }],
    ['proved again who they are', { reauthRequired: true }, { reauthRequired: false }],
  ])('look each minute whether somebody has %s, however long nobody did', async (_, before, after) => {
    const clock = manualClock();
    gcloud.configure(before);
    const user = credentials(clock);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      await rejection(headersOf(user));
      await clock.advance(60_000);
    }

    gcloud.configure({ ...after, token: 'ya29.at-last' });

    expect(gcloud.asked).toHaveLength(5);
    expect(await headersOf(user)).toEqual({ authorization: 'Bearer ya29.at-last' });
  });

  it('look each minute whether gcloud has been installed', async () => {
    const clock = manualClock();
    const command = join(folder.path, 'gcloud');
    const user = credentials(clock, { command });
    for (let minutes = 0; minutes < 5; minutes += 1) {
      expect(await rejection(headersOf(user))).toMatchObject({ code: 'gcloud_not_found' });
      await clock.advance(60_000);
    }

    symlinkSync(gcloud.command, command);
    gcloud.configure({ token: 'ya29.installed' });

    expect(await headersOf(user)).toEqual({ authorization: 'Bearer ya29.installed' });
  });

  it('serve the token they hold while gcloud fails', async () => {
    const clock = manualClock();
    gcloud.configure({ token: 'ya29.held', expiresAt: clock.now() + HOUR_MS });
    const user = credentials(clock);
    await user.refresh();
    gcloud.configure({ signedIn: false });
    await clock.advance(HOUR_MS - 100_000);

    const headers = await headersOf(user);
    await expectAsked(2);

    expect(headers).toEqual({ authorization: 'Bearer ya29.held' });
    expect(await headersOf(user)).toEqual(headers);
  });

  it('end gcloud when a refresh has taken 30 s, however long gcloud may take', async () => {
    const clock = manualClock();
    gcloud.configure({ configHelper: { delayMs: 60_000 } });
    const failing = rejection(credentials(clock, { timeoutMs: 3_600_000 }).refresh());
    await expectAsked(1);

    await clock.advance(30_000);

    expect(await failing).toMatchObject({ code: 'timed_out' });
    await expectEnded(gcloud.runs.at(-1)!.pid);
  });

  it('F53 tell nobody of a failure in the background but observers', async () => {
    const clock = manualClock();
    gcloud.configure({ expiresAt: clock.now() + HOUR_MS });
    const user = credentials(clock);
    await user.refresh();
    await clock.advance(HOUR_MS - 100_000);
    gcloud.configure({ configHelper: { exitCode: 1, stderr: 'ERROR: no network' }, printAccessToken: { exitCode: 1 } });

    expect(user.tryApply({})).toBe(true);
    await expectAsked(3);
    await expectEnded(gcloud.runs.at(-1)!.pid);
    await turn();

    expect(user.tokenState).toBe('stale');
  });
});
