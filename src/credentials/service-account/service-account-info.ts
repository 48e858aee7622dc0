/** The key file of a service account, as the Cloud console hands it out: reads it strictly. */
import { checkEndpoint, type EndpointPolicy } from '../../base/url.js';
import { DEFAULT_UNIVERSE_DOMAIN, GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import { KeySigner } from '../../jose/key-signer.js';
import { openInfo, textIn, type InfoContext, type InfoFormat, type OpenInfo } from '../info-reader.js';
import type { ServiceAccountCredentialsOptions } from './service-account-options.js';

/** The fields of a service account's key file, by their names on disk. */
export interface ServiceAccountInfo {
  /** `service_account`. */
  readonly type?: string | undefined;
  /** The account's e-mail address. */
  readonly client_email?: string | undefined;
  /** The private key, as PEM. */
  readonly private_key?: string | undefined;
  /** Which of the account's keys it is. */
  readonly private_key_id?: string | undefined;
  /** The token endpoint. */
  readonly token_uri?: string | undefined;
  /** The account's project. */
  readonly project_id?: string | undefined;
  /** The project that is billed and counted. */
  readonly quota_project_id?: string | undefined;
  /** The universe. */
  readonly universe_domain?: string | undefined;
}

/** What a key file says. */
export type ServiceAccountFacts = Pick<
  ServiceAccountCredentialsOptions,
  'signer' | 'serviceAccountEmail' | 'tokenUri' | 'projectId' | 'quotaProjectId' | 'universeDomain'
>;

/** Which endpoints an info may name. */
export interface ServiceAccountEndpoints {
  /**
   * Which token endpoints a file may name.
   * @default every https endpoint but link-local and metadata addresses, and http on loopback
   */
  readonly endpoints?: EndpointPolicy | undefined;
}

const FORMAT: InfoFormat = {
  type: 'service_account',
  required: ['client_email', 'private_key'],
  remedy:
    'Download a key of the service account as JSON, or do without a key: workload identity and impersonation need none.',
};

/**
 * Reads an info.
 * @throws ConfigurationError that names the field, and what it must be; `invalid_key` says what is wrong with a key.
 */
export function readServiceAccountInfo(info: unknown, context: InfoContext): ServiceAccountFacts {
  const open = openInfo(info, context, FORMAT);
  const where = `"private_key" of ${context.where}`;
  return {
    signer: KeySigner.fromPem(textIn(open, 'private_key') ?? '', { where, keyId: textIn(open, 'private_key_id') }),
    serviceAccountEmail: textIn(open, 'client_email') ?? '',
    tokenUri: textIn(open, 'token_uri', 'endpoint') ?? GOOGLE_TOKEN_URI,
    projectId: textIn(open, 'project_id', 'header'),
    quotaProjectId: textIn(open, 'quota_project_id', 'header'),
    universeDomain: universeIn(open),
  };
}

/** A universe decides which hosts are asked, as a token endpoint does: what may not be named there may not be named here. */
function universeIn(info: OpenInfo): string | undefined {
  const domain = textIn(info, 'universe_domain', 'universe');
  if (domain !== undefined && domain !== DEFAULT_UNIVERSE_DOMAIN)
    checkEndpoint(`https://iamcredentials.${domain}/`, `"universe_domain" of ${info.where}`, info.endpoints);
  return domain;
}
