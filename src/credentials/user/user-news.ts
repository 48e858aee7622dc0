/** Tells those who keep a user's tokens: the file at once, hooks after the file's lock was given back, and waits for as little as is safe. */
import type { Grant } from '../../tokens/grant.js';
import type { TokenSet } from '../../tokens/token-set.js';
import { keepersOfGrant } from './grant-keepers.js';
import { keepersOf, type TokenKeeper } from './token-keeper.js';
import type { UserKeepers } from './user-keepers.js';

/** What one mint brought. */
interface News {
  /** Whether it brought another refresh token. */
  readonly rotated: boolean;
  readonly tell: (keeper: TokenKeeper) => Promise<void>;
}

/** The news of one flight. */
export class UserNews {
  readonly #grant: Grant;
  readonly #keepers: readonly TokenKeeper[];
  readonly #forHooks: News[] = [];

  /** @param keepers Those of the credentials that fly. */
  constructor(grant: Grant, keepers: UserKeepers | undefined) {
    this.#grant = grant;
    this.#keepers = keepers === undefined ? [] : keepersOf(keepers);
  }

  /** Whether anybody keeps the tokens of these credentials: where nobody does, a mint need not wait for the telling. */
  get concernsAnybody(): boolean {
    return this.#keepers.length > 0;
  }

  /** Whether there is anything that the hooks have not been told. */
  get concernsHooks(): boolean {
    return this.#forHooks.length > 0;
  }

  /** Has new tokens saved in the file: they stand there before anybody sees them. */
  async tokens(tokens: TokenSet, rotated: boolean): Promise<void> {
    if (rotated) this.#tellOthers(tokens);
    await this.#tellFile({ rotated, tell: (keeper) => keeper.keep(tokens, rotated) });
  }

  /**
   * Has a refresh token saved that came without a usable access token.
   * @param held The tokens in use, where there are any.
   */
  async refreshToken(held: TokenSet | undefined): Promise<void> {
    const { refreshToken } = this.#grant;
    if (refreshToken === undefined) return;
    this.#tellOthers(held);
    await this.#tellFile({ rotated: true, tell: (keeper) => keeper.keepRefreshToken(refreshToken, held) });
  }

  /** Tells the hooks. Only a rotated refresh token is waited for: whoever keeps that must have it before its access token is used. */
  async tellHooks(): Promise<void> {
    const hooks = this.#keepers.filter(({ path }) => path === undefined);
    const told = this.#forHooks.map(async ({ rotated, tell }) => {
      const all = Promise.all(hooks.map(tell));
      if (rotated) await all;
    });
    await Promise.all(told);
  }

  async #tellFile(news: News): Promise<void> {
    this.#forHooks.push(news);
    await Promise.all(this.#keepers.filter(({ path }) => path !== undefined).map(news.tell));
  }

  /** They are not waited for: their file may be the one whose lock is held here. */
  #tellOthers(tokens: TokenSet | undefined): void {
    const { refreshToken } = this.#grant;
    if (refreshToken === undefined) return;
    for (const keeper of othersThan(this.#keepers, this.#grant)) void keeper.keepRefreshToken(refreshToken, tokens);
  }
}

/** The keepers of all other credentials of the grant, but for those that would write a file which the own ones write anyway. */
function othersThan(own: readonly TokenKeeper[], grant: Grant): readonly TokenKeeper[] {
  const written = new Set(own.map(({ path }) => path).filter((path) => path !== undefined));
  const all = keepersOfGrant(grant).flatMap(keepersOf);
  return all.filter((keeper) => !own.includes(keeper) && (keeper.path === undefined || !written.has(keeper.path)));
}
