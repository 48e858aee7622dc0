/** Who may ask one issuer as one client, and when: a budget of failures, a hold-off, and so many requests at once for all names together. */
import { randomOf, type Clock } from '../../base/clock.js';
import { Heap } from '../../base/heap.js';
import type { RefreshError } from '../../errors.js';
import { tell } from '../../tokens/events.js';
import { holdOffAfter, type HoldOff } from '../../tokens/hold-off.js';
import { concernsIssuer } from '../keeping/failure-scope.js';
import { RetryBudget } from '../keeping/retry-budget.js';
import type { Scheduled } from './lane.js';
import type { PassedTime } from './passed-time.js';
import { askedMs } from './schedule.js';
import type { Scheduler } from './scheduler.js';

/** Somebody who waits at a gate. */
export interface Entrant extends Scheduled {
  /** Tells callers who wait with it that nothing is attempted for now. It stays in the queue. */
  refuse(holdOff: HoldOff): void;
}

/** What gates share. */
export interface GateContext {
  /** Where randomness and the wall time are read. */
  readonly clock: Clock;
  /** The time of all deadlines. */
  readonly time: PassedTime;
  /** Where a gate that is closed waits for its opening, and where those who waited at it go. */
  readonly scheduler: Scheduler;
  /** Called when nothing is left of past failures, and nobody is inside or waits. */
  readonly onIdle: (gate: IssuerGate) => void;
}

/** So many refreshes of one issuer and client run at once while all is well. */
const MAX_INSIDE = 32;
const HELD_OFF = 'Nothing is asked of a token issuer for a while, whichever token server needs it.';

/** A gate before an issuer. It exists while somebody is inside or waits, or while failures are remembered. */
export class IssuerGate implements Scheduled {
  rank = 0;
  place = -1;
  /** Which issuer and client it stands for. */
  readonly key: string | object;
  readonly #context: GateContext;
  readonly #budget: RetryBudget;
  readonly #queue = new Heap<Entrant>();
  #inside = 0;
  #failure: HoldOff | undefined;
  #failedAt = -Infinity;
  #isTold = false;

  constructor(key: string | object, context: GateContext) {
    this.key = key;
    this.#context = context;
    this.#budget = new RetryBudget(context.time.now());
  }

  /** Until when nothing is attempted, and the failure that is the reason; `undefined` while it is open. */
  get holdOff(): HoldOff | undefined {
    const now = this.#context.time.now();
    const failure = this.#failure;
    const until = this.#opensAt(now);
    return failure === undefined || until <= now ? undefined : Object.freeze({ ...failure, until });
  }

  /**
   * Lets somebody in, where there is room. Whoever was let in must {@link IssuerGate.leave}.
   * @param forced Whether a caller asked for it, whatever failed before.
   */
  enter(forced: boolean): boolean {
    const now = this.#context.time.now();
    if (!forced && (this.#opensAt(now) > now || this.#room(now) <= 0)) return false;
    this.#inside += 1;
    return true;
  }

  /** Puts somebody in the queue, by the instant at which they fell due. */
  queue(entrant: Entrant, dueAt: number): void {
    this.#queue.put(entrant, dueAt);
    this.#goOn(this.#context.time.now());
  }

  /** Whether somebody waits here. */
  holds(entrant: Entrant): boolean {
    return this.#queue.has(entrant);
  }

  /** Takes somebody out of the queue. */
  withdraw(entrant: Entrant): void {
    this.#queue.remove(entrant);
  }

  /**
   * Takes note of how an attempt ended, and lets others go on.
   * @param enteredAt When it began: what began before a failure does not disprove it.
   */
  leave(error: RefreshError | undefined, enteredAt: number): void {
    const now = this.#context.time.now();
    this.#inside -= 1;
    if (error !== undefined && concernsIssuer(error)) this.#noteFailure(error, now);
    else this.#noteAnswer(now, enteredAt);
    this.#goOn(now);
  }

  /** The gate opens, or its failures are forgotten. */
  onDue(): void {
    this.#goOn(this.#context.time.now());
  }

  #opensAt(now: number): number {
    return Math.max(this.#budget.opensAt(now), this.#failure?.until ?? now);
  }

  /** Where the issuer asked to be left alone, or somebody has to repair something, one goes first. */
  #room(now: number): number {
    const isHeldOff = this.#failure !== undefined && this.#failure.until > this.#failedAt;
    const places = isHeldOff ? 1 : Math.max(1, Math.floor(MAX_INSIDE * this.#budget.share(now)));
    return places - this.#inside;
  }

  #noteAnswer(now: number, enteredAt: number): void {
    this.#budget.refund(now);
    if (enteredAt < this.#failedAt) return;
    this.#failure = undefined;
    this.#isTold = false;
  }

  #noteFailure(error: RefreshError, now: number): void {
    const wasOpen = this.#opensAt(now) <= now;
    const random = randomOf(this.#context.clock);
    this.#failedAt = now;
    this.#budget.spend(now, error.code === 'timed_out');
    if (error.retryable) {
      // What was asked before still holds.
      const until = Math.max(this.#failure?.until ?? now, now + askedMs(error, this.#context.clock.now(), random));
      this.#failure = Object.freeze({ failures: 1, error, until, generation: undefined });
    } else {
      this.#failure = holdOffAfter(error, this.#failure, { now, remainingMs: 0, random });
    }
    if (wasOpen && this.#opensAt(now) > now) this.#close();
  }

  #close(): void {
    const { holdOff } = this;
    if (holdOff === undefined) return;
    if (!this.#isTold) tell('issuer_held_off', HELD_OFF, holdOff.error);
    this.#isTold = true;
    for (const entrant of [...this.#queue]) entrant.refuse(holdOff);
  }

  #goOn(now: number): void {
    const { scheduler, onIdle } = this.#context;
    const opensAt = this.#opensAt(now);
    if (opensAt <= now) this.#release(now);
    if (this.#queue.size > 0) {
      // Where there is no room, whoever is inside lets the others go on as they leave.
      const isFull = opensAt <= now && this.#inside > 0;
      scheduler.plan(this, isFull ? Infinity : Math.max(opensAt, now));
      return;
    }
    const forgottenAt = Math.max(opensAt, this.#budget.fullAt(now));
    if (forgottenAt > now) scheduler.plan(this, forgottenAt);
    else if (this.#inside === 0) onIdle(this);
  }

  /** They fell due before: the scheduler calls them next, oldest deadline first. */
  #release(now: number): void {
    for (let count = this.#room(now); count > 0; count -= 1) {
      const entrant = this.#queue.takeFirst();
      if (entrant === undefined) return;
      this.#context.scheduler.plan(entrant, entrant.rank);
    }
  }
}
