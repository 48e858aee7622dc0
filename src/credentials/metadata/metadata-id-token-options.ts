/** The options of credentials whose ID tokens come from the metadata server. */
import { judgedOptions } from '../../base/option-record.js';
import { ofType, oneOf, optional, requireText } from '../../base/option-rules.js';
import { credentialsRules, type CredentialsOptions } from '../credentials-options.js';
import { accountOf } from './metadata-options.js';

/** Options of `MetadataIdTokenCredentials`. */
export interface MetadataIdTokenCredentialsOptions extends CredentialsOptions {
  /** For whom the tokens are: the URL of a Cloud Run service, or the client id of IAP. */
  readonly targetAudience: string;
  /**
   * What the tokens hold: `full` adds the e-mail address and, on Compute Engine, the machine.
   * @default 'full'
   */
  readonly format?: 'standard' | 'full' | undefined;
  /**
   * Whether a `full` token names the licences of the machine's images.
   * @default false
   */
  readonly licenses?: boolean | undefined;
  /**
   * The service account whose tokens are asked for: its e-mail address.
   * @default 'default'
   */
  readonly serviceAccountEmail?: string | undefined;
}

/** The options as they are kept. */
export interface MetadataIdTokenRecord extends MetadataIdTokenCredentialsOptions {
  readonly format: 'standard' | 'full';
  readonly licenses: boolean;
  readonly serviceAccountEmail: string;
}

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function metadataIdTokenOptions(options: MetadataIdTokenCredentialsOptions): Readonly<MetadataIdTokenRecord> {
  return judgedOptions<MetadataIdTokenCredentialsOptions, MetadataIdTokenRecord>(options, {
    targetAudience: requireText,
    format: optional(oneOf('standard', 'full'), 'full'),
    licenses: optional(ofType('boolean'), false),
    serviceAccountEmail: accountOf,
    ...credentialsRules(),
  });
}
