/** What hands out credentials of an emulator: users, service accounts, clients, machines, ID tokens. */
import { requireBoolean } from '../arguments.js';
import { requireOpen } from '../closing.js';
import type { LoopbackServer } from '../http/loopback-server.js';
import type { Handling } from '../http/request-handling.js';
import type { IdTokenOptions } from '../keys/id-token-options.js';
import { mintIdToken } from '../keys/minted-id-token.js';
import type { MetadataOptions } from '../metadata/metadata-options.js';
import type { MetadataServer } from '../metadata/metadata-server.js';
import { startMetadataServer } from '../metadata/metadata-server.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';
import type { AuthorizedUserOptions } from './authorized-user-options.js';
import type { AuthorizedUser } from './authorized-user.js';
import { createAuthorizedUser } from './authorized-user.js';
import type { CredentialFiles } from './credential-files.js';
import type { ClientOptions, EmulatedClient } from './emulated-client.js';
import { createClient } from './emulated-client.js';
import type { ServiceAccountOptions } from './service-account-options.js';
import type { ServiceAccountKeyFile } from './service-account.js';
import { createServiceAccount } from './service-account.js';

/** The members of an emulator that hand out credentials. */
export interface EmulatorIssuers {
  /**
   * Registers a new user with a client of their own, and writes an `authorized_user` file for them.
   * @throws TypeError for an option that there is none of, or of the wrong type.
   * @throws Error where the emulator is closed.
   */
  authorizedUser(options?: AuthorizedUserOptions): Promise<AuthorizedUser>;
  /**
   * Registers a new service account, and writes a `service_account` key file for it.
   * @throws TypeError for an option that there is none of, or of the wrong type.
   * @throws Error where the emulator is closed.
   */
  serviceAccount(options?: ServiceAccountOptions): Promise<ServiceAccountKeyFile>;
  /**
   * Registers a client that gets tokens on its own behalf (RFC 6749 §4.4).
   * @throws TypeError for an option that there is none of, or of the wrong type.
   */
  client(options?: ClientOptions): EmulatedClient;
  /**
   * Mints an ID token, good or bad, for those who verify it by the keys at `jwksUri` or `certsUri`.
   * @throws TypeError for an option that there is none of, or of the wrong type, and where there is no audience.
   */
  idToken(options: IdTokenOptions): Promise<string>;
  /**
   * Signs ID tokens with a new key from now on, and gives its id.
   * @param options - `keepOld`: whether the key before it stays published until the next rotation, as Google has it; by default `true`.
   * @throws TypeError for an option that there is none of, or of the wrong type.
   */
  rotateKeys(options?: { readonly keepOld?: boolean }): Promise<string>;
  /**
   * Starts a metadata server, as machines of Google have it, on a port of its own.
   * @throws TypeError for an option that there is none of, or of the wrong type.
   * @throws Error where the emulator is closed.
   */
  metadata(options?: MetadataOptions): Promise<MetadataServer>;
}

/** What credentials are handed out from. */
export interface IssuerParts extends Omit<Handling, 'routeOf'> {
  readonly files: CredentialFiles;
  /** Servers that end with the emulator; every metadata server joins them. */
  readonly servers: LoopbackServer[];
}

const ROTATION_CHECKS: Checks<{ readonly keepOld?: boolean }> = { keepOld: requireBoolean };

/** Makes the members of an emulator that hand out credentials. */
export function issuersOf(parts: IssuerParts): EmulatorIssuers {
  const { realm, files } = parts;
  return {
    authorizedUser: (options = {}) => createAuthorizedUser(realm, files, realm.tokenUri, options),
    serviceAccount: (options = {}) => createServiceAccount(realm, files, options),
    client: (options = {}) => createClient(realm, options),
    idToken: (options) => mintIdToken(realm, options),
    rotateKeys: async (options = {}) => {
      const { keepOld = true } = readOptions(options, ROTATION_CHECKS);
      return (await realm.keys.rotate(keepOld)).keyId;
    },
    metadata: (options = {}) => startMachine(parts, options),
  };
}

async function startMachine(
  { realm, faults, closing, servers }: IssuerParts,
  options: MetadataOptions,
): Promise<MetadataServer> {
  requireOpen(closing);
  const { server, handle } = await startMetadataServer({ realm, faults, closing }, options);
  servers.push(server);
  // The emulator may have been closed meanwhile, and then knew nothing of this server.
  if (closing.aborted) await server.close();
  requireOpen(closing);
  return handle;
}
