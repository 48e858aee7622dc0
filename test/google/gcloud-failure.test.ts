import { describe, expect, test } from 'vitest';
import { gcloudFailed, isAboutSignIn, type GcloudFailure } from '../../src/google/gcloud-failure.js';

const NOW = Date.UTC(2026, 0, 1);

function failed(stderr: string, overrides: Partial<GcloudFailure> = {}): GcloudFailure {
  const command = 'gcloud auth print-access-token';
  return { command, exitCode: 1, stdout: '', stderr, account: undefined, now: NOW, ...overrides };
}

const NOBODY =
  'ERROR: (gcloud.auth.print-access-token) You do not currently have an active account selected.\nPlease run:\n';
const NO_CREDENTIALS =
  'ERROR: (gcloud.x) Your current active account [ann@example.com] does not have any valid credentials\n';
const OFFLINE =
  "ERROR: (gcloud.x) There was a problem refreshing your current auth tokens: HTTPSConnectionPool(host='oauth2.googleapis.com')\nPlease run:\n\n  $ gcloud auth login\n";

describe('gcloudFailed', () => {
  test('Nobody is signed in: the error says so, and what to run', () => {
    const error = gcloudFailed(failed(NOBODY));

    expect(error).toMatchObject({ code: 'gcloud_signed_out', retryable: false, nextAttemptAt: NOW + 60_000 });
    expect(error.message).toBe(
      'Nobody is signed in to gcloud. Run: `gcloud auth login`. It said "You do not currently have an active account selected".',
    );
  });

  test('An account is not signed in: the error names it', () => {
    const error = gcloudFailed(failed(NO_CREDENTIALS, { account: 'ann@example.com' }));

    expect(error.code).toBe('gcloud_signed_out');
    expect(error.message).toMatch(
      /^gcloud has no sign-in of ann@example\.com\. Run: `gcloud auth login ann@example\.com`\./,
    );
  });

  test('A service account is activated and not signed in', () => {
    const error = gcloudFailed(failed(NO_CREDENTIALS, { account: 'robot@p.iam.gserviceaccount.com' }));

    expect(error.message).toContain(
      '`gcloud auth activate-service-account robot@p.iam.gserviceaccount.com --key-file=FILE`',
    );
  });

  test.each([
    'There was a problem refreshing your current auth tokens: Reauthentication failed. cannot prompt during non-interactive execution.',
    'There was a problem reauthenticating while refreshing your current auth tokens: x',
    'Please run:\n\n  $ gcloud auth login\n\nto complete reauthentication.',
    "There was a problem refreshing auth tokens for account a@b.c: ('invalid_grant: Bad Request', {'error': 'invalid_grant'})",
    'reauth related error (invalid_rapt)',
    'reauth related error (rapt_required)',
  ])('A sign-in that is no longer accepted is looked at again after a while: %s', (words) => {
    const error = gcloudFailed(failed(`ERROR: (gcloud.x) ${words}`));

    expect(error).toMatchObject({ code: 'reauth_required', retryable: false, nextAttemptAt: NOW + 60_000 });
    expect(error.message).toMatch(/reauthentication is needed\. Run: `gcloud auth login`\./);
  });

  test('A broken network is none of these, although gcloud advises to sign in', () => {
    const error = gcloudFailed(failed(OFFLINE));

    expect(error).toMatchObject({ code: 'gcloud_failed', retryable: true });
    expect(error.message).toMatch(
      /^`gcloud auth print-access-token` failed with exit code 1\. Run it to see why\. It said "There/,
    );
  });

  test('Arguments that gcloud does not know will not be known later', () => {
    expect(gcloudFailed(failed('ERROR: (gcloud) Invalid choice', { exitCode: 2 })).retryable).toBe(false);
  });

  test('Output that is no token, and an end by a signal, are told as such', () => {
    const messages = [0, undefined].map((exitCode) => gcloudFailed(failed('', { exitCode, stdout: 'secret' })).message);

    expect(messages).toEqual([
      '`gcloud auth print-access-token` printed something that is no token. Run it to see why.',
      '`gcloud auth print-access-token` was ended by a signal. Run it to see why.',
    ]);
  });
});

describe('isAboutSignIn', () => {
  test('It tells what another command would meet too from what it might not', () => {
    const answers = [
      NOBODY,
      NO_CREDENTIALS,
      'Reauthentication failed',
      OFFLINE,
      '',
      'unrecognized arguments: --force-auth-refresh',
    ];

    expect(answers.map((stderr) => isAboutSignIn({ stderr }))).toEqual([true, true, true, false, false, false]);
  });
});
