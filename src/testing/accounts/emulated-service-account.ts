/** The handle by which tests act for a service account of the emulator: mint, revoke, disable, take keys away. */
import { requireBoolean, requireText } from '../arguments.js';
import type { Realm } from '../realm.js';
import { requireScopes } from '../scope-list.js';
import type { MintedToken } from './emulated-user.js';
import type { ServiceAccount } from './service-accounts.js';

const DEFAULT_SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

/** A service account of the emulator. */
export interface EmulatedServiceAccount {
  /** Its address; the echo API answers with it. */
  readonly email: string;
  /** Its numeric identifier: the `client_id` of its key files, and the `sub` of its ID tokens. */
  readonly uniqueId: string;
  /** The project that it belongs to. */
  readonly projectId: string;
  /**
   * Issues an access token without the token endpoint.
   * @param scopes - By default cloud-platform.
   * @throws Error where the account is disabled.
   */
  mint(scopes?: readonly string[]): MintedToken;
  /** Ends every access token of the account, those for users it acts for included. New ones can be had. */
  revokeTokens(): void;
  /** Disables the account, so that it gets no more tokens, or enables it again. Tokens that it has stay alive. */
  disable(on: boolean): void;
  /** Deletes a key, so that its signatures are refused from now on. Tells whether there was such a key. */
  deleteKey(keyId: string): boolean;
}

/** Makes the handle of a service account. */
export function serviceAccountHandle(account: ServiceAccount, realm: Realm): EmulatedServiceAccount {
  return Object.freeze({
    email: account.email,
    uniqueId: account.uniqueId,
    projectId: account.projectId,
    mint: (scopes: readonly string[] = DEFAULT_SCOPES) => mint(account, realm, requireScopes('scopes', scopes)),
    revokeTokens: () => {
      account.revokeTokens();
    },
    disable: (on: boolean) => {
      account.disabled = requireBoolean('on', on);
    },
    deleteKey: (keyId: string) => account.deleteKey(requireText('keyId', keyId)),
  });
}

function mint(account: ServiceAccount, realm: Realm, scopes: readonly string[]): MintedToken {
  if (account.disabled) throw new Error('This service account is disabled.');
  const token = realm.issueAccessToken(account.holder(), scopes);
  return Object.freeze({ token: token.value, expiry: new Date(token.expiresAt) });
}
