/** Finds what has expired in a cache and is never asked for, a few entries at a time, so that nobody waits for it. */

/** What is swept: an LRU cache, whose entries may change between two looks. */
export interface Sweepable {
  /** The keys, the least recently used first. */
  rkeys(): Iterator<string, unknown>;
  /** The value under the key, without using it. */
  peek(key: string): { readonly expiresAt: number } | undefined;
  /** Removes what is under the key. */
  delete(key: string): unknown;
}

/** With two looks for each new entry, those that have expired become no more than those that live. */
const LOOKS = 2;

/** Goes round a cache again and again. */
export class Sweeper {
  readonly #cache: Sweepable;
  #round: Iterator<string, unknown> | undefined;
  #key: string | undefined;

  constructor(cache: Sweepable) {
    this.#cache = cache;
  }

  /** Looks at the next few entries, and removes those that have expired. */
  sweep(now: number): void {
    for (let look = 0; look < LOOKS; look += 1) {
      const key = this.#key;
      // The round goes on before the entry is removed: its place would be given to the next one that comes, at the other end.
      this.#advance();
      if (key !== undefined && this.#hasExpired(key, now)) this.#cache.delete(key);
    }
  }

  #advance(): void {
    this.#round ??= this.#cache.rkeys();
    const step = this.#round.next();
    this.#key = step.done === true ? undefined : step.value;
    if (step.done === true) this.#round = undefined;
  }

  #hasExpired(key: string, now: number): boolean {
    const value = this.#cache.peek(key);
    return value !== undefined && value.expiresAt <= now;
  }
}
