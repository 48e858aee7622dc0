/** Mints for a user: by the refresh token, or by the handler that stands in for it; and sees to it that new tokens are kept. */
import { DEFAULT_UNIVERSE_DOMAIN } from '../google/well-known.js';
import type { Grant } from '../tokens/grant.js';
import type { TokenSet } from '../tokens/token-set.js';
import type { Transport } from '../transport/transport.js';
import { clockOf } from './credentials-options.js';
import { otherKeepers } from './grant-keepers.js';
import { otherUniverse, revokedError } from './user-errors.js';
import { mintByHandler } from './user-handler.js';
import type { UserCredentialsRecord } from './user-options.js';
import { refreshUser } from './user-refresh.js';

/** Whose tokens are minted, and for whom. */
export interface UserMint {
  /** What to mint by. */
  readonly options: Readonly<UserCredentialsRecord>;
  /** The refresh token, or an empty grant. */
  readonly grant: Grant;
  /** The tokens in use, where there are any. */
  readonly held: TokenSet | undefined;
  /** Whether somebody waits for the new ones. */
  readonly awaited: () => boolean;
}

/** @throws RefreshError that says why there is no token, and what to do. */
export async function mintForUser(mint: UserMint, request: Transport): Promise<TokenSet> {
  const { grant, options } = mint;
  const { refreshHandler, scopes, defaultScopes, universeDomain = DEFAULT_UNIVERSE_DOMAIN } = options;
  if (grant.revoked) throw revokedError();
  if (universeDomain !== DEFAULT_UNIVERSE_DOMAIN) throw otherUniverse(universeDomain);
  if (grant.refreshToken !== undefined || refreshHandler === undefined)
    return await grant.exclusively(() => spend(mint, request));
  const tokens = await mintByHandler(refreshHandler, request, scopes ?? defaultScopes, clockOf(options));
  await keep(mint, tokens, false);
  return tokens;
}

async function spend(mint: UserMint, request: Transport): Promise<TokenSet> {
  const { grant, options, awaited } = mint;
  if (grant.revoked) throw revokedError();
  const refresh = (): Promise<TokenSet> => refreshed(mint, request);
  return options.file === undefined ? await refresh() : await options.file.spending(grant, refresh, { awaited });
}

async function refreshed(mint: UserMint, request: Transport): Promise<TokenSet> {
  const { grant, options } = mint;
  const before = grant.refreshToken;
  try {
    const { tokens, rotated } = await refreshUser(grant, options, request, clockOf(options));
    await keep(mint, tokens, rotated);
    return tokens;
  } catch (error) {
    // The access token could not be used, and the refresh token that came with it is the only one that is left.
    if (grant.refreshToken !== before) await keepRefreshToken(mint);
    throw error;
  }
}

/** A rotated refresh token is kept before anybody sees its access token; otherwise nobody waits for the hook. */
async function keep({ options, grant }: UserMint, tokens: TokenSet, rotated: boolean): Promise<void> {
  const { keepers, file } = options;
  if (rotated) tellOthers(grant, options, tokens);
  const kept = Promise.all((keepers ?? []).map((keeper) => keeper.keep(tokens, rotated)));
  if (rotated || file?.saves === true) await kept;
}

async function keepRefreshToken({ options, grant, held }: UserMint): Promise<void> {
  const { refreshToken } = grant;
  if (refreshToken === undefined) return;
  tellOthers(grant, options, held);
  await Promise.all((options.keepers ?? []).map((keeper) => keeper.keepRefreshToken(refreshToken, held)));
}

/** They are not waited for: their file may be the one whose lock is held here. */
function tellOthers(grant: Grant, { keepers }: UserCredentialsRecord, tokens: TokenSet | undefined): void {
  const { refreshToken } = grant;
  if (refreshToken === undefined) return;
  for (const keeper of otherKeepers(grant, keepers)) void keeper.keepRefreshToken(refreshToken, tokens);
}
