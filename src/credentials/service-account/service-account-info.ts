/** The key file of a service account, as the Cloud console hands it out: reads it strictly. */
import { checkEndpoint, type EndpointPolicy } from '../../base/url.js';
import { DEFAULT_UNIVERSE_DOMAIN, GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import { KeySigner } from '../../jose/key-signer.js';
import { InfoReader, type InfoContext } from '../info-reader.js';
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

const REMEDY =
  'Download a key of the service account as JSON, or do without a key: workload identity and impersonation need none.';

/**
 * Reads an info.
 * @throws ConfigurationError that names the field, and what it must be; `invalid_key` says what is wrong with a key.
 */
export function readServiceAccountInfo(info: unknown, context: InfoContext): ServiceAccountFacts {
  const fields = new InfoReader<keyof ServiceAccountInfo>(info, context, REMEDY);
  fields.requireType('service_account', 'type');
  fields.require(['client_email', 'private_key']);
  return {
    signer: signerIn(fields, context),
    serviceAccountEmail: fields.text('client_email') ?? '',
    tokenUri: fields.endpoint('token_uri') ?? GOOGLE_TOKEN_URI,
    projectId: fields.headerText('project_id'),
    quotaProjectId: fields.headerText('quota_project_id'),
    universeDomain: universeIn(fields, context),
  };
}

/** A universe decides which hosts are asked, as a token endpoint does: what may not be named there may not be named here. */
function universeIn(fields: InfoReader<keyof ServiceAccountInfo>, context: InfoContext): string | undefined {
  const { where, endpoints } = context;
  const domain = fields.universeDomain('universe_domain');
  if (domain !== undefined && domain !== DEFAULT_UNIVERSE_DOMAIN)
    checkEndpoint(`https://iamcredentials.${domain}/`, `"universe_domain" of ${where}`, endpoints);
  return domain;
}

function signerIn(fields: InfoReader<keyof ServiceAccountInfo>, { where }: InfoContext): KeySigner {
  const keyId = fields.text('private_key_id');
  return KeySigner.fromPem(fields.text('private_key') ?? '', {
    where: `"private_key" of ${where}`,
    ...(keyId === undefined ? {} : { keyId }),
  });
}
