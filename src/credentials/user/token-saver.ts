/** Where new tokens are kept: in the file that they came from, or by the caller's hook. */
import type { LockWait } from '../../host/file-lock.js';
import { AccessToken } from '../../tokens/access-token.js';
import { TokenSet } from '../../tokens/token-set.js';
import type { AuthorizedUserFile } from './authorized-user-file.js';
import type { TokensListener } from './user-options.js';

/** Keeps something once. What waits for a lock may leave when `wait.signal` aborts: there is something newer to keep. */
export type Save = (details: Readonly<{ rotated: boolean }>, wait: LockWait) => Promise<void> | void;

/** Says how things are kept in one place. */
export interface TokenSaver {
  /** The file that it keeps them in, where it is one. */
  readonly path?: string;
  /** Keeps the tokens of a mint. */
  tokens(tokens: TokenSet): Save;
  /** Keeps a refresh token that came without a usable access token; `held` are the tokens in use, where there are any. */
  refreshToken(refreshToken: string, held: TokenSet | undefined): Save;
}

/** Keeps tokens in a file; a refresh token alone leaves its other fields as they are. */
export function fileSaver(file: Pick<AuthorizedUserFile, 'path' | 'save' | 'saveRefreshToken'>): TokenSaver {
  return {
    path: file.path,
    tokens: (tokens) => (_details, wait) => file.save(tokens, wait),
    refreshToken: (refreshToken) => (_details, wait) => file.saveRefreshToken(refreshToken, wait),
  };
}

/** Hands tokens to a hook; a refresh token alone in the place of the one that is held. */
export function hookSaver(onTokens: TokensListener): TokenSaver {
  return {
    tokens: (tokens) => (details) => onTokens(tokens, details),
    refreshToken: (refreshToken, held) => (details) => onTokens(renewed(held, refreshToken), details),
  };
}

/** A set needs an access token: where none is held, it is one that ended long ago. */
function renewed(held: TokenSet | undefined, refreshToken: string): TokenSet {
  if (held === undefined) return new TokenSet({ accessToken: new AccessToken('none', { expiresAt: 0 }), refreshToken });
  const { accessToken, idToken, grantedScopes, raptToken, expiryAssumed } = held;
  return new TokenSet({ accessToken, refreshToken, idToken, grantedScopes, raptToken, expiryAssumed });
}
