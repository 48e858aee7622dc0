/** The options of the credentials that ask gcloud. */
import { judgedOptions } from '../../base/option-record.js';
import { fitting, optional } from '../../base/option-rules.js';
import { isGcloudAccount } from '../../google/gcloud-account.js';
import { credentialsRules, type CredentialsOptions } from '../credentials-options.js';

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

/**
 * A frozen copy of the options, checked.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function gcloudOptions(options: GcloudCliCredentialsOptions): Readonly<GcloudCliCredentialsOptions> {
  return judgedOptions<GcloudCliCredentialsOptions>(options, {
    account: optional(requireAccount),
    command: optional(requireCommand),
    assumedLifetimeMs: optional(requireDuration),
    timeoutMs: optional(requireDuration),
    ...credentialsRules(),
  });
}

function requireAccount(value: string, name: string): string {
  return fitting(value, name, isGcloudAccount(value), 'an e-mail address, as `gcloud auth list` shows it');
}

function requireCommand(value: string, name: string): string {
  // As a literal, a Unicode class is checked with every import of the file.
  const fits = typeof value === 'string' && new RegExp(String.raw`^[^\p{Cc}]+$`, 'u').test(value);
  return fitting(value, name, fits, 'the name of a command or a path to it');
}

function requireDuration(value: number, name: string): number {
  return fitting(value, name, Number.isFinite(value) && value > 0, 'a positive number of milliseconds');
}
