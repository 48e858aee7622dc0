/** The project that gcloud is set to, for default credentials that name none themselves. */
import { systemClock, type Clock } from '../base/clock.js';
import { readProject } from '../google/gcloud-output.js';
import { runGcloud } from './gcloud-command.js';
import { GCLOUD } from './gcloud-options.js';

/** Options of {@link gcloudProject}. */
export interface GcloudProjectOptions {
  /**
   * Where time is read.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /**
   * How long gcloud may take, in milliseconds.
   * @default 10_000
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The command: a name that is looked for on the `PATH`, or a path.
   * @default 'gcloud'
   */
  readonly command?: string | undefined;
}

/** Nobody is told of the project who did not get a token besides. */
const TIMEOUT_MS = 10_000;

/**
 * What `gcloud config get project` says; `undefined` where it says nothing, or there is no gcloud that works.
 * @throws the signal's reason where it has aborted, and nothing else.
 */
export async function gcloudProject(options: GcloudProjectOptions = {}): Promise<string | undefined> {
  const { clock = systemClock, timeoutMs = TIMEOUT_MS, signal, command = GCLOUD } = options;
  try {
    const { exitCode, stdout } = await runGcloud(['config', 'get', 'project'], { command, clock, timeoutMs, signal });
    return exitCode === 0 ? readProject(stdout) : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
