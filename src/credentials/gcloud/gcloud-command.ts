/** Runs gcloud commands: without prompts, within a time, and with whatever goes wrong told as an error of ours. */
import type { Clock } from '../../base/clock.js';
import { RefreshError, type RefreshErrorOptions } from '../../errors.js';
import { REPAIR_PAUSE_MS } from '../../google/gcloud-failure.js';
import { CommandError } from '../../host/command-error.js';
import { runCommand, type CommandOutcome } from '../../host/commands.js';
import { shownPath } from '../../host/file-errors.js';

/** What running gcloud takes. */
export interface GcloudRun {
  /** The command: a name or a path. */
  readonly command: string;
  /** Where time is read. */
  readonly clock: Clock;
  /** How long it may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends it, rejecting with the signal's reason. */
  readonly signal: AbortSignal | undefined;
  /** Whether this output is all that is wanted, so that nothing need be waited for once gcloud has succeeded. */
  readonly isWhole?: ((stdout: string) => boolean) | undefined;
}

/** Nobody is there to answer, and gcloud would wait for ever. */
const NO_PROMPTS = Object.freeze({ CLOUDSDK_CORE_DISABLE_PROMPTS: '1' });
/** What passes by itself: too many processes, open files or too little memory, for the moment. */
const TRANSIENT = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * Runs gcloud to its end, whatever its exit code.
 * @throws RefreshError `gcloud_not_found`; or `gcloud_failed` where it could not be started, or did not come to an end.
 */
export async function runGcloud(args: readonly string[], run: GcloudRun): Promise<CommandOutcome> {
  const { command, ...options } = run;
  try {
    return await runCommand(command, args, { ...options, environment: NO_PROMPTS });
  } catch (error) {
    throw error instanceof CommandError ? told(error, shownPath(command), args, run.clock.now()) : error;
  }
}

function told(error: CommandError, command: string, args: readonly string[], now: number): RefreshError {
  const line = `\`${command} ${args.join(' ')}\``;
  switch (error.fault) {
    case 'not_found':
      return failed(
        'gcloud_not_found',
        `The command ${command} was not found. Install the Google Cloud CLI (https://cloud.google.com/sdk/docs/install), or correct PATH.`,
        error,
        { nextAttemptAt: now + REPAIR_PAUSE_MS },
      );
    case 'interpreter_not_found':
      return failed(
        'gcloud_failed',
        `${line} could not be started. ${error.message} Correct that line, or install the Google Cloud CLI anew (https://cloud.google.com/sdk/docs/install).`,
        error,
      );
    case 'not_started':
      return failed('gcloud_failed', `${line} could not be started. Is it executable? ${error.message}`, error);
    case 'timed_out':
      return failed(
        'gcloud_failed',
        `${line} was ended because it took too long. ${error.message} Run it to see why.`,
        error,
      );
    case 'too_much_output':
      return failed('gcloud_failed', `${line} was ended. ${error.message} Is it the Google Cloud CLI?`, error);
  }
}

function failed(
  code: 'gcloud_failed' | 'gcloud_not_found',
  message: string,
  cause: CommandError,
  options: RefreshErrorOptions = {},
): RefreshError {
  const retryable = cause.fault === 'timed_out' || TRANSIENT.has(cause.system ?? '');
  return new RefreshError(code, message, { ...options, cause, retryable });
}
