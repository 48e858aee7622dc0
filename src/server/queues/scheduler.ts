/** One timer, and two lanes of deadlines, for everything that is kept by a clock. */
import type { Cancel, Clock } from '../../base/clock.js';
import { scheduleOn } from '../../base/schedule.js';
import { Lane, type Room, type Scheduled } from './lane.js';
import type { PassedTime } from './passed-time.js';

/** The room for what is begun when a deadline comes. */
export interface Rooms {
  /** For what somebody may miss. */
  readonly prompt: Room;
  /** For what can wait. */
  readonly patient: Room;
}

/** Timers follow a clock that stands still while a machine sleeps: none runs for longer than this without a look at the time. */
const LONGEST_SLEEP_MS = 30_000;
/** So much that is due is done before the event loop gets its turn. */
const SLICE = 64;

/** Calls what is due, oldest deadline first; what can wait comes after what cannot. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #time: PassedTime;
  readonly #prompt: Lane;
  readonly #patient: Lane;
  #cancel: Cancel | undefined;
  #wakesAt = Infinity;
  #stalled = false;

  /** @param rooms Where there is no room, nothing is called until there is; {@link Scheduler.resume} looks again at once. */
  constructor(clock: Clock, time: PassedTime, rooms: Rooms) {
    this.#clock = clock;
    this.#time = time;
    this.#prompt = new Lane(rooms.prompt);
    this.#patient = new Lane(rooms.patient);
  }

  /** How many deadlines there are. */
  get size(): number {
    return this.#prompt.deadlines.size + this.#patient.deadlines.size;
  }

  /** Sets or moves a deadline; `Infinity` is none. */
  plan(item: Scheduled, dueAt: number): void {
    if (dueAt === Infinity) {
      this.drop(item);
      return;
    }
    const [lane, other] = item.canWait === true ? [this.#patient, this.#prompt] : [this.#prompt, this.#patient];
    other.deadlines.remove(item);
    lane.deadlines.put(item, dueAt);
    if (dueAt < this.#wakesAt) this.#arm();
  }

  /** Takes a deadline away. */
  drop(item: Scheduled): void {
    this.#prompt.deadlines.remove(item);
    this.#patient.deadlines.remove(item);
    if (this.size === 0) this.#disarm();
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
    for (let count = 0; count < SLICE; count += 1) {
      const lane = this.#readyLane();
      if (lane === undefined) return;
      lane.deadlines.takeFirst()?.onDue();
    }
  }

  #readyLane(): Lane | undefined {
    const now = this.#time.now();
    if (this.#prompt.readyAt(now) <= now) return this.#prompt;
    return this.#patient.readyAt(now) <= now ? this.#patient : undefined;
  }

  #arm(): void {
    this.#disarm();
    const now = this.#time.now();
    this.#stalled = this.#prompt.isStalled(now) || this.#patient.isStalled(now);
    const readyAt = Math.min(this.#prompt.readyAt(now), this.#patient.readyAt(now));
    if (readyAt === Infinity) return;
    const delayMs = Math.min(LONGEST_SLEEP_MS, Math.max(readyAt, this.#time.quietUntil) - now);
    this.#wakesAt = now + delayMs;
    this.#cancel = scheduleOn(this.#clock, delayMs, () => {
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
