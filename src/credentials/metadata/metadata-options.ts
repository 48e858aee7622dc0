/** The options of the kinds that get their tokens from the metadata server. */
import { judgedOptions } from '../../base/option-record.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import { DEFAULT_ACCOUNT, isServiceAccount } from '../../google/metadata-server.js';
import { credentialsRules, type CredentialsOptions } from '../credentials-options.js';

/** Options of `MetadataCredentials`. */
export interface MetadataCredentialsOptions extends CredentialsOptions {
  /**
   * The service account whose tokens are asked for: its e-mail address.
   * @default 'default'
   */
  readonly serviceAccountEmail?: string | undefined;
  /**
   * The scopes to ask for: a list, or a space-separated string.
   * @default those that the machine was given
   */
  readonly scopes?: ScopesLike | undefined;
  /** The scopes to ask for where `scopes` is left out; set by libraries, not by people. */
  readonly defaultScopes?: ScopesLike | undefined;
}

/** The options as they are kept. */
export interface MetadataRecord extends MetadataCredentialsOptions {
  readonly serviceAccountEmail: string;
  readonly scopes?: readonly string[] | undefined;
  readonly defaultScopes?: readonly string[] | undefined;
}

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function metadataOptions(options: MetadataCredentialsOptions): Readonly<MetadataRecord> {
  return judgedOptions<MetadataCredentialsOptions, MetadataRecord>(options, {
    serviceAccountEmail: accountOf,
    scopes: parseScopes,
    defaultScopes: parseScopes,
    ...credentialsRules(),
  });
}

/**
 * The service account that an option names.
 * @throws TypeError where it names none.
 */
export function accountOf(value: unknown): string {
  const account = value ?? DEFAULT_ACCOUNT;
  if (isServiceAccount(account)) return account;
  throw new TypeError('"serviceAccountEmail" must be "default" or an e-mail address');
}
