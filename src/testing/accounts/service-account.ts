/** Makes `service_account` credentials that an emulator honours: an account, a key, a file. */
import type { SigningKey } from '../keys/signing-key.js';
import type { Realm } from '../realm.js';
import type { CredentialFiles } from './credential-files.js';
import type { EmulatedServiceAccount } from './emulated-service-account.js';
import { serviceAccountHandle } from './emulated-service-account.js';
import { issueAccountKey } from './service-account-key.js';
import type { ServiceAccountOptions } from './service-account-options.js';
import { readServiceAccountOptions } from './service-account-options.js';
import type { ServiceAccount } from './service-accounts.js';

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
  given: ServiceAccountOptions,
): Promise<ServiceAccountKeyFile> {
  const options = readServiceAccountOptions(given);
  const account = findOrAdd(realm, options);
  const key = await issueAccountKey(options.algorithm ?? 'RS256', options.ownKey ?? false);
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
