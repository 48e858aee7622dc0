/** Who is told of a user's new tokens: the file and the hook. They are made with the first news: most processes end before there is any. */
import type { Clock } from '../../base/clock.js';
import type { AuthorizedUserFile } from './authorized-user-file.js';
import type { TokenKeeper } from './token-keeper.js';
import type { TokensListener } from './user-options.js';

/** The keepers of credentials and of all their copies: what they are made of, and they themselves. */
export interface UserKeepers {
  /** Where time is read. */
  readonly clock: Clock;
  /** The file, where new tokens are written back to it. */
  readonly file: AuthorizedUserFile | undefined;
  /** The hook, where there is one. */
  readonly onTokens: TokensListener | undefined;
  /** The keepers, once there was news for them. */
  made: readonly TokenKeeper[] | undefined;
}

/** The keepers that options call for, where they call for any. */
export function userKeepers(
  {
    file,
    onTokens,
  }: { readonly file?: AuthorizedUserFile | undefined; readonly onTokens?: TokensListener | undefined },
  clock: Clock,
): UserKeepers | undefined {
  const saving = file?.saves === true ? file : undefined;
  return saving === undefined && onTokens === undefined
    ? undefined
    : { clock, file: saving, onTokens, made: undefined };
}
