/** The timers of a manual clock, in the order in which they fall due. */
import type { Cancel } from '../../base/clock.js';

/** One timer that has not run yet. */
export interface Timer {
  /** The monotonic time at which it falls due, in milliseconds. */
  readonly dueAt: number;
  /** What it runs. */
  readonly run: () => void;
}

/** Timers sorted by due time; those due at the same time keep the order in which they were added. */
export class Timeline {
  readonly #timers: Timer[] = [];

  /** How many timers wait. */
  get size(): number {
    return this.#timers.length;
  }

  /** Adds a timer and gives the function that takes it out again. */
  add(timer: Timer): Cancel {
    this.#timers.splice(this.#placeAfter(timer.dueAt), 0, timer);
    return () => {
      const place = this.#timers.indexOf(timer);
      if (place !== -1) this.#timers.splice(place, 1);
    };
  }

  /** Takes out the earliest timer that is due at `instant` or before. */
  takeDue(instant: number): Timer | undefined {
    const first = this.#timers[0];
    if (first === undefined || first.dueAt > instant) return undefined;
    return this.#timers.shift();
  }

  #placeAfter(dueAt: number): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const timer = this.#timers[middle];
      if (timer !== undefined && timer.dueAt <= dueAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
