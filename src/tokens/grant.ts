/** A refresh token with its history. Everybody who holds the same refresh token shares one, so that none of them spends it twice. */
import { inspectAs } from '../base/redacted.js';

/** A refresh token, the count of its rotations, and what is known of how its server treats it. */
export class Grant {
  #refreshToken: string | undefined;
  #generation = 0;
  #steady = false;
  #inDoubt = false;
  #revoked = false;
  #tail: Promise<unknown> | undefined;

  constructor(refreshToken: string | undefined) {
    this.#refreshToken = refreshToken;
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
    return this.#steady;
  }

  /** Whether it was submitted and no complete answer came: the server may have rotated it. */
  get inDoubt(): boolean {
    return this.#inDoubt;
  }

  /** Whether it was revoked here. */
  get revoked(): boolean {
    return this.#revoked;
  }

  /** Notes that it was revoked, which ends it for everybody who shares it. */
  revoke(): void {
    this.#revoked = true;
    this.#generation += 1;
  }

  /** Notes that it was submitted and the outcome is unknown. */
  doubt(): void {
    this.#inDoubt = true;
  }

  /** Notes a refresh that succeeded; gives whether it brought another refresh token. An absent or empty one keeps the old. */
  succeeded(next: string | undefined): boolean {
    this.#inDoubt = false;
    const rotated = this.replace(next);
    this.#steady = !rotated;
    return rotated;
  }

  /** Takes over a newer refresh token; gives whether it really is another one. */
  replace(next: string | undefined): boolean {
    if (next === undefined || next === '' || next === this.#refreshToken) return false;
    this.#refreshToken = next;
    this.#generation += 1;
    this.#inDoubt = false;
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

  static {
    inspectAs(this, ({ generation }) => `Grant { refreshToken: [redacted], generation: ${String(generation)} }`);
  }
}
