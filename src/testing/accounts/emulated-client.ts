/** OAuth clients of the emulator that get tokens on their own behalf (RFC 6749 §4.4). */
import { narrowScopes } from '../oauth/granted-scopes.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';
import type { Realm } from '../realm.js';
import { requireScopes } from '../scope-list.js';
import type { MintedToken } from './emulated-user.js';

const DEFAULT_SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

/** What the new client is like. */
export interface ClientOptions {
  /**
   * What it may ask for. Asked for nothing, the token endpoint grants all of it.
   * @default cloud-platform
   */
  readonly scopes?: readonly string[];
}

/** A registered client, with the members that client credentials are made from. */
export interface EmulatedClient {
  /** The token endpoint. */
  readonly tokenUri: string;
  /** Its identifier; the echo API answers with it. */
  readonly clientId: string;
  /** Its secret, which is good for nothing outside the emulator. */
  readonly clientSecret: string;
  /** What it may ask for. */
  readonly scopes: readonly string[];
  /** Issues an access token without the token endpoint: for some of its scopes, by default for all of them. */
  mint(scopes?: readonly string[]): MintedToken;
  /** Ends every access token of the client. New ones can be had. */
  revokeTokens(): void;
}

const CHECKS: Checks<ClientOptions> = { scopes: requireScopes };

/** Registers a client. */
export function createClient(realm: Realm, options: ClientOptions): EmulatedClient {
  const { scopes: allowed = DEFAULT_SCOPES } = readOptions(options, CHECKS);
  const client = realm.grants.addClient(Object.freeze([...allowed]));
  const { scopes, principal } = client.own;
  return Object.freeze({
    tokenUri: realm.tokenUri,
    clientId: client.id,
    get clientSecret() {
      return client.secret;
    },
    scopes,
    mint: (asked: readonly string[] = scopes) => {
      const some = requireScopes('scopes', asked).join(' ');
      const token = realm.issueAccessToken(principal.holder, narrowScopes(some, scopes));
      return Object.freeze({ token: token.value, expiry: new Date(token.expiresAt) });
    },
    revokeTokens: () => {
      principal.revokeTokens();
    },
  });
}
