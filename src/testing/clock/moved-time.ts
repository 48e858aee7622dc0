/** The time of a manual clock: two hands, and the timers that fall due as they move. */
import { setImmediate as macrotaskTurn } from 'node:timers/promises';
import type { Cancel } from '../../base/clock.js';
import { requireNumber } from '../arguments.js';
import { Timeline } from './timeline.js';

/** Wall and monotonic time, which move only when told to. */
export class MovedTime {
  readonly #timeline: Timeline = new Timeline();
  #wallOffsetMs: number;
  #monotonicMs: number = 0;
  #lastAdvance: Promise<void> = Promise.resolve();

  constructor(now: number) {
    this.#wallOffsetMs = now;
  }

  /** Wall time, in whole milliseconds like that of `Date.now`. */
  get wall(): number {
    return Math.floor(this.#wallOffsetMs + this.#monotonicMs);
  }

  /** Milliseconds for which time was let pass. */
  get monotonic(): number {
    return this.#monotonicMs;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timeline.size;
  }

  /** Sets a timer. */
  schedule(delayMs: number, run: () => void): Cancel {
    if (typeof delayMs !== 'number' || Number.isNaN(delayMs)) throw new TypeError('"delayMs" must be a number');
    return this.#timeline.add({ dueAt: this.#monotonicMs + Math.max(0, delayMs), run });
  }

  /** Moves the wall hand alone. */
  moveWall(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  /** Lets time pass, after every earlier advance has come to its end, and runs what falls due. */
  async advance(ms: number): Promise<void> {
    requireNumber('ms', ms, 0);
    const mine = this.#lastAdvance.then(() => this.#runUntil(this.#monotonicMs + ms));
    this.#lastAdvance = mine.catch(() => undefined);
    await mine;
  }

  async #runUntil(target: number): Promise<void> {
    // Whoever was about to set a timer does so before time moves.
    await macrotaskTurn();
    for (let timer = this.#timeline.takeDue(target); timer !== undefined; timer = this.#timeline.takeDue(target)) {
      this.#monotonicMs = Math.max(this.#monotonicMs, timer.dueAt);
      timer.run();
      await macrotaskTurn();
    }
    this.#monotonicMs = target;
  }
}
