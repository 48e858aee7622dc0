/** The handle by which tests act for a user of the emulator: mint, revoke, demand reauthentication. */
import { requireBoolean } from '../arguments.js';
import { narrowScopes } from '../oauth/granted-scopes.js';
import type { Grant } from '../oauth/grants.js';
import type { Realm } from '../realm.js';
import { requireScopes } from '../scope-list.js';

/** An access token as a refresh handler gives it. */
export interface MintedToken {
  /** The access token. */
  readonly token: string;
  /** When it expires, by the emulator's clock. */
  readonly expiry: Date;
}

/** A user who has allowed one client to act for them. */
export interface EmulatedUser {
  /** The user's address; the echo API answers with it. */
  readonly email: string;
  /** The user's identifier: the `sub` of ID tokens. */
  readonly subject: string;
  /** What the user has consented to. */
  readonly grantedScopes: readonly string[];
  /** The refresh token that works now: after rotations, the last one. */
  readonly currentRefreshToken: string;
  /** The proof that the token endpoint wants as `rapt` while reauthentication is required. */
  readonly raptToken: string;
  /** Whether the grant has been revoked: by the user, by the client, or because a replaced refresh token was used again. */
  readonly revoked: boolean;
  /**
   * Issues an access token without the token endpoint, as a token broker would.
   * @param scopes - A part of what was granted; by default all of it.
   * @throws Error where the grant is revoked.
   */
  mint(scopes?: readonly string[]): MintedToken;
  /** Takes the consent back: every token of the grant dies at once. */
  revoke(): void;
  /** Makes the token endpoint refuse this user with `invalid_grant` and `rapt_required`, until switched off. */
  requireReauth(on: boolean): void;
}

/** Makes the handle of a grant. */
export function userOf(grant: Grant, realm: Realm): EmulatedUser {
  return Object.freeze({
    email: grant.email,
    subject: grant.subject,
    grantedScopes: grant.scopes,
    get currentRefreshToken() {
      return grant.refreshTokens.current;
    },
    get raptToken() {
      return grant.raptToken;
    },
    get revoked() {
      return grant.revoked;
    },
    mint: (scopes?: readonly string[]) => mint(grant, realm, scopes),
    revoke: () => {
      grant.revoke();
    },
    requireReauth: (on: boolean) => {
      grant.reauthRequired = requireBoolean('on', on);
    },
  });
}

function mint(grant: Grant, realm: Realm, asked: readonly string[] = grant.scopes): MintedToken {
  const scopes = requireScopes('scopes', asked).join(' ');
  if (grant.revoked) throw new Error('The grant of this user has been revoked.');
  const token = realm.issueAccessToken(grant, narrowScopes(scopes, grant.scopes));
  return Object.freeze({ token: token.value, expiry: new Date(token.expiresAt) });
}
