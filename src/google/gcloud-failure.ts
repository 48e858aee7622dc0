/** What it means when gcloud gives no token, and what to do about it. */
import { RefreshError } from '../errors.js';
import { readComplaint } from './gcloud-output.js';

/** What is known of a gcloud command that failed. */
export interface GcloudFailure {
  /** The command, for messages: `gcloud auth print-access-token`. */
  readonly command: string;
  /** Its exit code; `undefined` where a signal ended it. */
  readonly exitCode: number | undefined;
  /** What it printed; never quoted. */
  readonly stdout: string;
  /** What it said. */
  readonly stderr: string;
  /** The account that was asked for. */
  readonly account: string | undefined;
  /** The wall clock, in milliseconds since the epoch. */
  readonly now: number;
}

/** gcloud's own words, which are the same in all its commands. It says "Please run: gcloud auth login" for a broken network too. */
const SIGNED_OUT = /do not currently have an active account|does not have any valid credentials/i;
/** Whether Google wants the password again, or the sign-in was revoked. */
const REAUTH = /\breauthenticat|invalid_rapt|rapt_required|invalid_grant/i;
/** A sign-in in another window, or an installation, is not ours to see: it is looked for again after this time. */
export const REPAIR_PAUSE_MS: number = 60_000;
/** How gcloud says that it does not know its arguments. */
const USAGE_EXIT_CODE = 2;

/** Whether the failure is about the sign-in, so that another command would fail in the same way. */
export function isAboutSignIn({ stderr }: Pick<GcloudFailure, 'stderr'>): boolean {
  return SIGNED_OUT.test(stderr) || REAUTH.test(stderr);
}

/** The error for a gcloud command that ended with a failure, or with output that is no token. */
export function gcloudFailed(failure: GcloudFailure): RefreshError {
  const { command, exitCode, stderr } = failure;
  if (SIGNED_OUT.test(stderr)) return signedOut(failure);
  if (REAUTH.test(stderr)) return reauthRequired(failure);
  const outcome =
    exitCode === 0
      ? 'printed something that is no token'
      : exitCode === undefined
        ? 'was ended by a signal'
        : `failed with exit code ${exitCode}`;
  return new RefreshError('gcloud_failed', `\`${command}\` ${outcome}. Run it to see why.${said(failure)}`, {
    retryable: exitCode !== USAGE_EXIT_CODE,
  });
}

function signedOut(failure: GcloudFailure): RefreshError {
  const { account } = failure;
  const who = account === undefined ? 'Nobody is signed in to gcloud' : `gcloud has no sign-in of ${account}`;
  return new RefreshError('gcloud_signed_out', `${who}. Run: ${loginOf(account)}.${said(failure)}`, lookAgain(failure));
}

function reauthRequired(failure: GcloudFailure): RefreshError {
  const message = `gcloud's sign-in is no longer accepted: reauthentication is needed. Run: ${loginOf(failure.account)}.${said(failure)}`;
  return new RefreshError('reauth_required', message, lookAgain(failure));
}

function lookAgain({ now }: GcloudFailure): { readonly nextAttemptAt: number } {
  return { nextAttemptAt: now + REPAIR_PAUSE_MS };
}

function loginOf(account: string | undefined): string {
  if (account === undefined) return '`gcloud auth login`';
  return account.endsWith('.gserviceaccount.com')
    ? `\`gcloud auth activate-service-account ${account} --key-file=FILE\``
    : `\`gcloud auth login ${account}\``;
}

function said({ stderr, stdout }: GcloudFailure): string {
  const complaint = readComplaint(stderr, stdout);
  return complaint === undefined ? '' : ` It said "${complaint.replace(/\.$/, '')}".`;
}
