/** What is asked of gcloud where the options leave something out. Only who mints wants to know. */
import type { GcloudCliCredentialsOptions } from './gcloud-options.js';

/** The command, where none is given. */
const GCLOUD = 'gcloud';
/** Of an unknown life nothing longer is safe to believe. */
const ASSUMED_LIFETIME_MS = 300_000;
/** gcloud takes one to three seconds, and several times that on a cold disk. */
const TIMEOUT_MS = 20_000;

/** What is asked of gcloud, with nothing left out. */
export interface GcloudAsk {
  /** The command: a name or a path. */
  readonly command: string;
  /** Whose token. */
  readonly account: string | undefined;
  /** How long a token is taken to live from gcloud's answer on, where gcloud does not say. */
  readonly assumedLifetimeMs: number;
  /** How long one command may take. */
  readonly timeoutMs: number;
}

/** The options with their defaults. */
export function gcloudAsk(options: GcloudCliCredentialsOptions): GcloudAsk {
  const { command = GCLOUD, account, assumedLifetimeMs = ASSUMED_LIFETIME_MS, timeoutMs = TIMEOUT_MS } = options;
  return Object.freeze({ command, account, assumedLifetimeMs, timeoutMs });
}
