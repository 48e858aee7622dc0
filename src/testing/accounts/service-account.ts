/** Makes `service_account` credentials that an emulator honours: an account, a key, a file. */
import { requireBoolean, requireOneOf } from '../arguments.js';
import type { SigningAlgorithm, SigningKey } from '../keys/signing-key.js';
import type { Realm } from '../realm.js';
import type { CredentialFiles } from './credential-files.js';
import type { EmulatedServiceAccount } from './emulated-service-account.js';
import { serviceAccountHandle } from './emulated-service-account.js';
import { issueAccountKey } from './service-account-key.js';
import type { ServiceAccount } from './service-accounts.js';

const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', 'ES256'];

/** What the new account and its key file are like. */
export interface ServiceAccountOptions {
  /**
   * The account's address. That of an account which is there already gives it one more key.
   * @default `robot-1@<projectId>.iam.gserviceaccount.com`, counting up
   */
  readonly email?: string;
  /**
   * The project, and the `project_id` of the file.
   * @default 'emulated-project'
   */
  readonly projectId?: string;
  /**
   * What the key signs with. Google's own keys are for RS256.
   * @default 'RS256'
   */
  readonly algorithm?: SigningAlgorithm;
  /**
   * Whether the key pair is made for this file alone. RSA keys share one pair in each process otherwise, under different
   * ids, because making one takes a tenth of a second and more.
   * @default false
   */
  readonly ownKey?: boolean;
  /** Users whom the account may act for (domain-wide delegation); nobody by default. */
  readonly delegatedUsers?: readonly string[];
  /** Addresses of those who may act as this account through the IAM credentials API; everybody by default. */
  readonly tokenCreators?: readonly string[];
  /**
   * The `token_uri` of the file.
   * @default the token endpoint of the emulator
   */
  readonly tokenUri?: string;
  /** The `quota_project_id` of the file. */
  readonly quotaProjectId?: string;
  /**
   * The `universe_domain` of the file.
   * @default 'googleapis.com'
   */
  readonly universeDomain?: string;
}

/** The content of a `service_account` file of the emulator. */
export interface EmulatedServiceAccountInfo {
  /** What the file is. */
  readonly type: 'service_account';
  /** The project of the account. */
  readonly project_id: string;
  /** The `kid` of what the key signs. */
  readonly private_key_id: string;
  /** PEM of PKCS#8. */
  readonly private_key: string;
  /** The address of the account. */
  readonly client_email: string;
  /** The numeric identifier of the account. */
  readonly client_id: string;
  /** Stands in such files; nothing is served there. */
  readonly auth_uri: string;
  /** The token endpoint. */
  readonly token_uri: string;
  /** The certificates of the keys that ID tokens are signed with. */
  readonly auth_provider_x509_cert_url: string;
  /** The certificates of the account's own keys. */
  readonly client_x509_cert_url: string;
  /** The universe. */
  readonly universe_domain: string;
  /** Who pays, where that was asked for. */
  readonly quota_project_id?: string;
}

/** A service account of the emulator and a key file for it. */
export interface ServiceAccountKeyFile {
  /** Where the key file lies; it is removed when the emulator closes. */
  readonly path: string;
  /** What the file holds: a private key, which is good for nothing outside the emulator. */
  readonly info: EmulatedServiceAccountInfo;
  /** Acts for the account. */
  readonly account: EmulatedServiceAccount;
}

/** Registers a service account, or finds it, and writes a file with a new key for it. */
export async function createServiceAccount(
  realm: Realm,
  files: CredentialFiles,
  options: ServiceAccountOptions,
): Promise<ServiceAccountKeyFile> {
  const algorithm = requireOneOf('algorithm', options.algorithm ?? 'RS256', ALGORITHMS);
  const account = findOrAdd(realm, options);
  const key = await issueAccountKey(algorithm, requireBoolean('ownKey', options.ownKey ?? false));
  account.addKey(key);
  const info = Object.freeze(infoOf(account, key, realm, options));
  const path = await files.write('service-account', info);
  return Object.freeze({ path, info, account: serviceAccountHandle(account, realm) });
}

function findOrAdd({ serviceAccounts }: Realm, options: ServiceAccountOptions): ServiceAccount {
  const { projectId = 'emulated-project', delegatedUsers, tokenCreators } = options;
  const name = `robot-${String(serviceAccounts.size + 1)}`;
  const email = options.email ?? `${name}@${projectId}.iam.gserviceaccount.com`;
  return serviceAccounts.find(email) ?? serviceAccounts.add({ email, projectId, delegatedUsers, tokenCreators });
}

function infoOf(
  { email, uniqueId, projectId }: ServiceAccount,
  { keyId, privateKey }: SigningKey,
  realm: Realm,
  { tokenUri, quotaProjectId, universeDomain }: ServiceAccountOptions,
): EmulatedServiceAccountInfo {
  return {
    type: 'service_account',
    project_id: projectId,
    private_key_id: keyId,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: email,
    client_id: uniqueId,
    auth_uri: `${realm.origin}/o/oauth2/auth`,
    token_uri: tokenUri ?? realm.tokenUri,
    auth_provider_x509_cert_url: realm.certsUri,
    client_x509_cert_url: `${realm.origin}/robot/v1/metadata/x509/${encodeURIComponent(email)}`,
    universe_domain: universeDomain ?? 'googleapis.com',
    ...(quotaProjectId === undefined ? {} : { quota_project_id: quotaProjectId }),
  };
}
