/** A refresh token with its history. Everybody who holds the same refresh token shares one, so that none of them spends it twice. */
import { inspectAs } from '../base/redacted.js';
import type { GrantRegistry } from './grant-registry.js';

/** The client of a token endpoint that a refresh token was issued to. */
export interface GrantClient {
  /** The token endpoint. */
  readonly tokenUri?: string | undefined;
  /** The OAuth client. */
  readonly clientId?: string | undefined;
}

/** So many refresh tokens that a server has replaced lead here still: the first, which a file that is not written holds for good, and the latest. */
const KEPT_FORMER = 16;

/**
 * How the server treats it, as far as that is known. `steady`: it was refreshed before and not rotated, so that submitting it twice
 * does no harm. `in_doubt`: it was submitted and no complete answer came, so that it may have been rotated. `revoked`: it was revoked here.
 */
type Standing = 'untried' | 'steady' | 'in_doubt' | 'revoked';

/** Revocations are rare: until there is one, requests need not look at their grants. */
let revocations = 0;

/** Whether a grant was revoked here. This is what every request with a fresh token pays. */
export function isRevoked(grant: Grant | undefined): boolean {
  return revocations > 0 && grant?.revoked === true;
}

/** A refresh token, the count of its rotations, and what is known of how its server treats it. */
export class Grant {
  readonly #tokenUri: string | undefined;
  readonly #clientId: string | undefined;
  readonly #registry: GrantRegistry | undefined;
  #refreshToken: string | undefined;
  #former: readonly string[] | undefined;
  #generation = 0;
  #standing: Standing = 'untried';
  #tail: Promise<unknown> | undefined;

  /** @param registry Where it is to be found; left out, it is nobody else's. */
  constructor(refreshToken: string | undefined, client: GrantClient = {}, registry?: GrantRegistry) {
    this.#refreshToken = refreshToken;
    this.#tokenUri = client.tokenUri;
    this.#clientId = client.clientId;
    this.#registry = registry;
  }

  /** The refresh token to submit next. */
  get refreshToken(): string | undefined {
    return this.#refreshToken;
  }

  /** Raised by every rotation, adoption and revocation. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether this server has refreshed it before without rotating it: submitting it twice then does no harm. */
  get steady(): boolean {
    return this.#standing === 'steady';
  }

  /** Whether it was submitted and no complete answer came: the server may have rotated it. */
  get inDoubt(): boolean {
    return this.#standing === 'in_doubt';
  }

  /** Whether it was revoked here. */
  get revoked(): boolean {
    return this.#standing === 'revoked';
  }

  /** The refresh tokens that lead here: the current one, and those that it replaced. */
  get knownTokens(): readonly string[] {
    return [this.#refreshToken, ...(this.#former ?? [])].filter((token) => token !== undefined);
  }

  /** Whether this is the grant of that refresh token, now or before it was rotated. */
  isOf(refreshToken: string, { tokenUri, clientId }: GrantClient): boolean {
    const isKnown = refreshToken === this.#refreshToken || this.#former?.includes(refreshToken) === true;
    return isKnown && tokenUri === this.#tokenUri && clientId === this.#clientId;
  }

  /** Notes that it was revoked, which ends it for everybody who shares it. */
  revoke(): void {
    this.#standing = 'revoked';
    revocations += 1;
    this.#generation += 1;
  }

  /** Notes that it was submitted and the outcome is unknown. */
  doubt(): void {
    if (!this.revoked) this.#standing = 'in_doubt';
  }

  /** Notes a refresh that succeeded; gives whether it brought another refresh token. An absent or empty one keeps the old. */
  succeeded(next: string | undefined): boolean {
    const rotated = this.rotate(next);
    if (!rotated && !this.revoked) this.#standing = 'steady';
    return rotated;
  }

  /** Takes over the refresh token that the server put in the place of this one; gives whether it is another one. */
  rotate(next: string | undefined): boolean {
    if (next === undefined) return false;
    const former = this.#former ?? [];
    const replaced = this.#refreshToken === undefined ? [] : [this.#refreshToken];
    return this.replace(next, [...former.slice(0, 1), ...former.slice(1).slice(2 - KEPT_FORMER), ...replaced]);
  }

  /**
   * Takes over another refresh token; gives whether it is another one.
   * @param former Those that it replaces. Where the server did not say that it does, somebody else may have signed in: then the old
   * ones no longer lead here; and one that the server has replaced is not taken back, as a file may hold it for long.
   */
  replace(next: string | undefined, former?: readonly string[]): boolean {
    if (next === undefined || next === '' || next === this.#refreshToken) return false;
    if (former === undefined && this.#former?.includes(next) === true) return false;
    this.#refreshToken = next;
    this.#former = former;
    this.#generation += 1;
    if (!this.revoked) this.#standing = 'untried';
    this.#registry?.add(this, next);
    return true;
  }

  /** Does work that spends the refresh token, after all work of that kind that was asked for before. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#tail === undefined ? work() : this.#tail.then(work, work);
    this.#tail = mine;
    const done = (): void => {
      if (this.#tail === mine) this.#tail = undefined;
    };
    mine.then(done, done);
    return mine;
  }
}

inspectAs(Grant, ({ generation }) => `Grant { refreshToken: [redacted], generation: ${String(generation)} }`);
