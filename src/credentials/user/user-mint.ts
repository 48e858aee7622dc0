/** Mints for a user: by the refresh token, or by the handler that stands in for it; and sees to it that new tokens are kept. */
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';
import { exclusively } from '../../tokens/grant-turns.js';
import { Grant, isRevoked } from '../../tokens/grant.js';
import type { TokenCell } from '../../tokens/token-cell.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { clockOf } from '../credentials-options.js';
import type { AuthorizedUserFile } from './authorized-user-file.js';
import { isRefusal, rememberingRefusal, untilSignIn } from './grant-refusals.js';
import { foreignFileMessage, otherUniverse, revokedError } from './user-errors.js';
import { mintByHandler } from './user-handler.js';
import { UserNews } from './user-news.js';
import type { RefreshHandler, UserCredentialsRecord } from './user-options.js';
import { refreshUser } from './user-refresh.js';

export { forgetRefusal } from './grant-refusals.js';

/** What a mint needs to know of its flight. */
export interface UserFlight {
  /** Whether somebody waits for the tokens. */
  readonly awaited: boolean;
  /** Calls what may ask these credentials for a token, and so would wait for itself. */
  calling?<T>(source: () => T): T;
}

/** Whose tokens are minted, and for whom. */
export interface UserMint {
  /** What to mint by. */
  readonly options: Readonly<UserCredentialsRecord>;
  /** The refresh token, and the tokens in use. */
  readonly cell: TokenCell;
  /** For whom. */
  readonly flight: UserFlight;
}

interface Minting extends UserMint {
  readonly grant: Grant;
  readonly news: UserNews;
}

/** @throws RefreshError that says why there is no token, and what to do. */
export async function mintForUser(mint: UserMint, request: Transport): Promise<TokenSet> {
  const { options, cell } = mint;
  const { grant = new Grant(undefined) } = cell;
  const { refreshHandler, universeDomain = DEFAULT_UNIVERSE_DOMAIN } = options;
  if (isRevoked(grant)) throw revokedError();
  if (universeDomain !== DEFAULT_UNIVERSE_DOMAIN) throw otherUniverse(universeDomain);
  const minting = { options, cell, flight: mint.flight, grant, news: new UserNews(grant, options.keepers) };
  try {
    if (grant.refreshToken !== undefined || refreshHandler === undefined)
      return await exclusively(grant, () => spend(minting, request));
    return await byHandler(refreshHandler, minting, request);
  } finally {
    if (minting.news.concernsHooks) await minting.news.tellHooks();
  }
}

/** The handler is called as the source of the flight, which ended its own call where this module had to be loaded first. */
async function byHandler(handler: RefreshHandler, mint: Minting, request: Transport): Promise<TokenSet> {
  const { flight, news } = mint;
  const { scopes, defaultScopes } = mint.options;
  const called: RefreshHandler = (sender, wanted) =>
    flight.calling === undefined ? handler(sender, wanted) : flight.calling(() => handler(sender, wanted));
  const tokens = await mintByHandler(called, request, scopes ?? defaultScopes, clockOf(mint.options));
  await news.tokens(tokens, false);
  return tokens;
}

function spend(mint: Minting, request: Transport): Promise<TokenSet> {
  const { grant, options } = mint;
  if (isRevoked(grant)) throw revokedError();
  if (options.file === undefined) return refreshed(mint, request);
  return spendFrom(options.file, mint, () => refreshed(mint, request));
}

/** What was refused once is not sent again: a new sign-in is looked for in the file first. */
async function spendFrom(
  file: AuthorizedUserFile,
  { grant, cell, flight }: Minting,
  refresh: () => Promise<TokenSet>,
): Promise<TokenSet> {
  const awaited = (): boolean => flight.awaited;
  try {
    return await rememberingRefusal(cell, grant, (refused) => file.spending(grant, refresh, { awaited, refused }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw untilSignIn(error, cell.clock.now(), file.isForeign ? foreignFileMessage(file.path) : error.message);
  }
}

async function refreshed({ grant, options, cell, news }: Minting, request: Transport): Promise<TokenSet> {
  const before = grant.refreshToken;
  try {
    const { tokens, rotated } = await refreshUser(grant, options, request, clockOf(options));
    if (rotated || news.concernsAnybody) await news.tokens(tokens, rotated);
    return tokens;
  } catch (error) {
    // The access token could not be used, and the refresh token that came with it is the only one that is left.
    if (grant.refreshToken !== before) await news.refreshToken(cell.tokens);
    throw error;
  }
}
