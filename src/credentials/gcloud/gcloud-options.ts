/** The options of the credentials that ask gcloud. */
import { ownOptions } from '../../base/option-record.js';
import { isGcloudAccount } from '../../google/gcloud-account.js';
import { CREDENTIALS_OPTIONS, credentialsOptions, type CredentialsOptions } from '../credentials-options.js';

/** Options of `GcloudCliCredentials`. */
export interface GcloudCliCredentialsOptions extends CredentialsOptions {
  /**
   * Whose token to ask for: an e-mail address that is signed in to gcloud.
   * @default gcloud's active account
   */
  readonly account?: string | undefined;
  /**
   * How long a token is taken to live from gcloud's answer on, where gcloud does not say, in milliseconds.
   * @default 300_000
   */
  readonly assumedLifetimeMs?: number | undefined;
  /**
   * How long one gcloud command may take, in milliseconds. As with every kind, a refresh takes 30 s at most.
   * @default 20_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The command: a name that is looked for on the `PATH`, or a path.
   * @default 'gcloud'
   */
  readonly command?: string | undefined;
}

/** The command, where none is given. */
export const GCLOUD = 'gcloud';
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

/**
 * A frozen copy of the options, checked.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function gcloudOptions(options: GcloudCliCredentialsOptions): Readonly<GcloudCliCredentialsOptions> {
  const names = [...CREDENTIALS_OPTIONS, 'account', 'assumedLifetimeMs', 'timeoutMs', 'command'] as const;
  const own = ownOptions(options, names);
  credentialsOptions(own);
  if (own.account !== undefined && !isGcloudAccount(own.account))
    throw new TypeError('"account" must be an e-mail address, as `gcloud auth list` shows it');
  if (own.command !== undefined && !isCommand(own.command))
    throw new TypeError('"command" must be the name of a command or a path to it');
  for (const name of ['assumedLifetimeMs', 'timeoutMs'] as const) requireDuration(name, own[name]);
  return own;
}

/** The options with their defaults. */
export function gcloudAsk(options: GcloudCliCredentialsOptions): GcloudAsk {
  const { command = GCLOUD, account, assumedLifetimeMs = ASSUMED_LIFETIME_MS, timeoutMs = TIMEOUT_MS } = options;
  return Object.freeze({ command, account, assumedLifetimeMs, timeoutMs });
}

function isCommand(value: unknown): boolean {
  // As a literal, a Unicode class is checked with every import of the file.
  return typeof value === 'string' && new RegExp(String.raw`^[^\p{Cc}]+$`, 'u').test(value);
}

function requireDuration(name: string, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value) && value > 0)) return;
  throw new TypeError(`"${name}" must be a positive number of milliseconds`);
}
