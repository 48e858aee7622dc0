/** Places for refreshes that nobody waits for: so many are begun at once, and one that takes long keeps nobody else waiting. */

/** The event loop, and the machine's sockets, belong to others as well. */
const PLACES = 128;
/** A source that answers does so by then, as a rule; one that hangs does so for half a minute, and others must not wait for it. */
const MOMENT_MS = 250;

/** Places that are taken for a moment at most. Instants are all of one clock. */
export class Places {
  readonly #takenAt = new Map<object, number>();

  /** From when on there is one: now, or later. */
  freeAt(now: number): number {
    if (this.#takenAt.size < PLACES) return now;
    for (const [holder, takenAt] of this.#takenAt) {
      if (takenAt + MOMENT_MS > now) return takenAt + MOMENT_MS;
      this.#takenAt.delete(holder);
      return now;
    }
    return now;
  }

  /** Takes one. */
  take(holder: object, now: number): void {
    this.#takenAt.set(holder, now);
  }

  /** Gives it back, unless it is gone already. */
  leave(holder: object): void {
    this.#takenAt.delete(holder);
  }
}
