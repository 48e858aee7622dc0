/** Takes over what somebody else has written into a credential file since it was last seen. */
import type { Clock } from '../../base/clock.js';
import type { ScopesLike } from '../../base/scopes.js';
import { ConfigurationError } from '../../errors.js';
import { tell } from '../../tokens/events.js';
import { adopt } from '../../tokens/grant-spending.js';
import type { Grant } from '../../tokens/grant.js';
import type { TokenSet } from '../../tokens/token-set.js';
import { AdoptionRules } from './adoption-rules.js';
import type { AuthorizedUserText } from './authorized-user-text.js';
import type { UserCredentialsOptions } from './user-options.js';

/** What was seen of one file. */
export class FileAdoption {
  readonly #path: string;
  readonly #text: AuthorizedUserText;
  readonly #clock: Clock;
  #seen: string | undefined;
  #rules: AdoptionRules | undefined;
  #isForeign = false;

  constructor(path: string, text: AuthorizedUserText, clock: Clock) {
    this.#path = path;
    this.#text = text;
    this.#clock = clock;
  }

  /** Whether the file was for another client or another server when it was last read. */
  get isForeign(): boolean {
    return this.#isForeign;
  }

  /** See `load` of the file. */
  async load(scopes: ScopesLike | undefined): Promise<UserCredentialsOptions> {
    const { options } = await this.#text.read();
    this.saw(options.refreshToken);
    this.#rules = new AdoptionRules(options, scopes ?? options.scopes ?? options.defaultScopes);
    return options;
  }

  /** Notes which refresh token the file holds. */
  saw(refreshToken: string | undefined): void {
    this.#seen = refreshToken;
  }

  /** Whether what the file holds is what was last seen in it, and not from somebody's new sign-in. */
  knows(options: UserCredentialsOptions): boolean {
    return options.refreshToken === this.#seen;
  }

  /** Whether the file is for another client or another server than when it was loaded. */
  isOthers(options: UserCredentialsOptions): boolean {
    return this.#rules?.isSameClient(options) === false;
  }

  /** Notes the tokens that the server gives these credentials. */
  learn(tokens: TokenSet): void {
    this.#rules?.learn(tokens);
  }

  /** Takes over another refresh token of the file; gives the tokens that came with it, where they are of use. */
  async adopt(grant: Grant): Promise<TokenSet | undefined> {
    const options = await this.#readAgain();
    if (options === undefined || this.knows(options)) return undefined;
    this.saw(options.refreshToken);
    adopt(grant, options.refreshToken);
    return this.#rules?.tokensIn(options, this.#clock.now());
  }

  /** A file that went bad meanwhile must not cost the token: what is held in memory is still good. */
  async #readAgain(): Promise<UserCredentialsOptions | undefined> {
    try {
      const { options } = await this.#text.read();
      this.#isForeign = this.isOthers(options);
      if (!this.#isForeign) return options;
      this.#unusable('is for another client or server now');
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.#isForeign = false;
      this.#unusable('can no longer be read', error);
    }
    return undefined;
  }

  #unusable(why: string, error?: ConfigurationError): void {
    tell('file_unusable', `${this.#path} ${why}; the refresh token in memory is used.`, error);
  }
}
