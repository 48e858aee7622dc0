/** Who is told of a user's new tokens: the file and the hook. They are made with the first news: most processes end before there is any. */
import type { Clock } from '../../base/clock.js';
import type { AuthorizedUserFile } from './authorized-user-file.js';
import type { TokenKeeper } from './token-keeper.js';
import type { TokensListener } from './user-options.js';

/** What keepers are made of. */
export interface KeeperParts {
  /** Where time is read. */
  readonly clock: Clock;
  /** The file, where new tokens are written back to it. */
  readonly file: AuthorizedUserFile | undefined;
  /** The hook, where there is one. */
  readonly onTokens: TokensListener | undefined;
}

/** The keepers of credentials and of all their copies. */
export class UserKeepers {
  readonly #parts: KeeperParts;
  #made: readonly TokenKeeper[] | undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** Whether one of them could not keep the latest tokens yet. */
  get unsaved(): boolean {
    return this.#made?.some((keeper) => keeper.unsaved) === true;
  }

  /** The keepers: those that there are, or new ones. */
  all(make: (parts: KeeperParts) => readonly TokenKeeper[]): readonly TokenKeeper[] {
    this.#made ??= make(this.#parts);
    return this.#made;
  }
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
  if (saving === undefined && onTokens === undefined) return undefined;
  return new UserKeepers({ clock, file: saving, onTokens });
}
