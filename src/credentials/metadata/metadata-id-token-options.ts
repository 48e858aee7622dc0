/** The options of credentials whose ID tokens come from the metadata server. */
import { ownOptions, requireOptions } from '../../base/option-record.js';
import { CREDENTIALS_OPTIONS, credentialsOptions, type CredentialsOptions } from '../credentials-options.js';
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

const FORMATS: readonly unknown[] = ['standard', 'full'];
const KEPT: readonly (keyof MetadataIdTokenRecord)[] = Object.freeze([
  ...CREDENTIALS_OPTIONS,
  'targetAudience',
  'format',
  'licenses',
  'serviceAccountEmail',
] as const);

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function metadataIdTokenOptions(options: MetadataIdTokenCredentialsOptions): Readonly<MetadataIdTokenRecord> {
  requireOptions(options);
  const own = ownOptions<MetadataIdTokenCredentialsOptions>(options, KEPT);
  const { targetAudience, format = 'full', licenses = false, serviceAccountEmail } = own;
  if (typeof targetAudience !== 'string' || targetAudience === '')
    throw new TypeError('"targetAudience" must be a non-empty string');
  if (!FORMATS.includes(format)) throw new TypeError('"format" must be "standard" or "full"');
  if (typeof licenses !== 'boolean') throw new TypeError('"licenses" must be a boolean');
  const final = { ...own, format, licenses, serviceAccountEmail: accountOf(serviceAccountEmail) };
  return credentialsOptions(ownOptions<MetadataIdTokenRecord>(final, KEPT));
}
