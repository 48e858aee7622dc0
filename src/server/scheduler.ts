/** One timer and one heap of deadlines for everything that is kept by a clock. */
import type { Cancel, Clock } from '../base/clock.js';
import { Heap, type HeapMember } from '../base/heap.js';
import type { PassedTime } from './passed-time.js';

/** Something with a deadline. Its rank is the instant at which it falls due. */
export interface Scheduled extends HeapMember {
  /** Called once the deadline has come, after it left the heap. It must not throw. */
  onDue(): void;
}

/** Timers follow a clock that stands still while a machine sleeps: none runs for longer than this without a look at the time. */
const LONGEST_SLEEP_MS = 30_000;
/** So much that is due is done before the event loop gets its turn. */
const SLICE = 64;

/** Calls what is due, oldest deadline first. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #time: PassedTime;
  readonly #mayRun: () => boolean;
  readonly #heap = new Heap<Scheduled>();
  #cancel: Cancel | undefined;
  #wakesAt = Infinity;
  #stalled = false;

  /** @param mayRun Asked before each call; after it said no, {@link Scheduler.resume} goes on. */
  constructor(clock: Clock, time: PassedTime, mayRun: () => boolean) {
    this.#clock = clock;
    this.#time = time;
    this.#mayRun = mayRun;
  }

  /** How many deadlines there are. */
  get size(): number {
    return this.#heap.size;
  }

  /** Sets or moves a deadline; `Infinity` is none. */
  plan(item: Scheduled, dueAt: number): void {
    if (dueAt === Infinity) {
      this.drop(item);
      return;
    }
    this.#heap.put(item, dueAt);
    if (dueAt < this.#wakesAt) this.#arm();
  }

  /** Takes a deadline away. */
  drop(item: Scheduled): void {
    this.#heap.remove(item);
    if (this.#heap.size === 0) this.#disarm();
  }

  /** Goes on where there was no room before. */
  resume(): void {
    if (this.#stalled) this.#arm();
  }

  #tick(): void {
    this.#disarm();
    try {
      if (this.#time.now() >= this.#time.quietUntil) this.#runSlice();
    } finally {
      this.#arm();
    }
  }

  #runSlice(): void {
    for (let count = 0; count < SLICE && this.#isDue() && this.#mayRun(); count += 1) {
      this.#heap.takeFirst()?.onDue();
    }
  }

  #isDue(): boolean {
    const { first } = this.#heap;
    return first !== undefined && first.rank <= this.#time.now();
  }

  #arm(): void {
    this.#disarm();
    const { first } = this.#heap;
    if (first === undefined) return;
    const now = this.#time.now();
    this.#stalled = !this.#mayRun();
    const wantedAt = this.#stalled ? Infinity : Math.max(now, first.rank, this.#time.quietUntil);
    const delayMs = Math.min(LONGEST_SLEEP_MS, wantedAt - now);
    this.#wakesAt = now + delayMs;
    this.#cancel = this.#clock.schedule(delayMs, () => {
      this.#tick();
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#wakesAt = Infinity;
    this.#stalled = false;
  }
}
