/** A refresh token with its history. Everybody who holds the same refresh token shares one, so that none of them spends it twice. */
import type { Clock } from '../base/clock.js';

/** The client of a token endpoint that a refresh token was issued to. */
export interface GrantClient {
  /** The token endpoint. */
  readonly tokenUri?: string | undefined;
  /** The OAuth client. */
  readonly clientId?: string | undefined;
}

/**
 * How the server treats it, as far as that is known. `steady`: it was refreshed before and not rotated, so that submitting it twice
 * does no harm. `in_doubt`: it was submitted and no complete answer came, so that it may have been rotated. `revoked`: it was revoked here.
 */
export type Standing = 'untried' | 'steady' | 'in_doubt' | 'revoked';

/** Revocations are rare: until there is one, requests need not look at their grants. */
let revocations = 0;

/** Whether a grant was revoked here. This is what every request with a fresh token pays. */
export function isRevoked(grant: Grant | undefined): boolean {
  return revocations > 0 && grant?.standing === 'revoked';
}

/** A refresh token, the count of its rotations, and what is known of how its server treats it. What spends it stands in grant-spending.ts. */
export class Grant {
  /** The world that it is shared in, by the clock that tells its time. */
  readonly clock: Clock | undefined;
  readonly #tokenUri: string | undefined;
  readonly #clientId: string | undefined;
  #refreshToken: string | undefined;
  #former: readonly string[] | undefined;
  #generation = 0;
  #standing: Standing = 'untried';

  /** @param clock The world that it is shared in; left out, it is nobody else's. */
  constructor(refreshToken: string | undefined, client: GrantClient = {}, clock?: Clock) {
    this.#refreshToken = refreshToken;
    this.#tokenUri = client.tokenUri;
    this.#clientId = client.clientId;
    this.clock = clock;
  }

  /** The refresh token to submit next. */
  get refreshToken(): string | undefined {
    return this.#refreshToken;
  }

  /** Raised by every rotation, adoption and revocation. */
  get generation(): number {
    return this.#generation;
  }

  /** How the server treats it. */
  get standing(): Standing {
    return this.#standing;
  }

  /** The refresh tokens that lead here, the oldest first: those that were replaced, and the current one. */
  get knownTokens(): readonly string[] {
    return [...(this.#former ?? []), this.#refreshToken].filter((token) => token !== undefined);
  }

  /** Whether this is the grant of that refresh token, now or before it was rotated. */
  isOf(refreshToken: string, { tokenUri, clientId }: GrantClient, clock: Clock): boolean {
    const isSameClient = tokenUri === this.#tokenUri && clientId === this.#clientId && clock === this.clock;
    return isSameClient && this.knownTokens.includes(refreshToken);
  }

  /** Notes how the server has treated it. What was revoked stays so. */
  mark(standing: Standing): void {
    if (this.#standing !== 'revoked') this.#standing = standing;
  }

  /** Takes over another refresh token, and which ones it replaces. */
  take(refreshToken: string, former: readonly string[] | undefined): void {
    this.#refreshToken = refreshToken;
    this.#former = former;
    this.#generation += 1;
    this.mark('untried');
  }

  /** Notes that it was revoked, which ends it for everybody who shares it. */
  revoke(): void {
    this.mark('revoked');
    revocations += 1;
    this.#generation += 1;
  }
}
