/** What all names kept by one clock share: its timer, the gates before issuers, and so many refreshes at once. */
import type { Clock } from '../base/clock.js';
import type { RefreshError } from '../errors.js';
import { IssuerGate } from './issuer-gate.js';
import { PassedTime } from './passed-time.js';
import { Scheduler } from './scheduler.js';

/** So many refreshes that nobody waits for run at once: the event loop belongs to others as well. */
const MAX_RUNNING = 128;

/** Lets refreshes begin, and takes note of how they ended. */
export class Dispatcher {
  /** Where time is read. */
  readonly clock: Clock;
  /** The time of all deadlines. */
  readonly time: PassedTime;
  /** The deadlines. */
  readonly scheduler: Scheduler;
  readonly #gates = new Map<string | object, IssuerGate>();
  #running = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.time = new PassedTime(clock);
    this.scheduler = new Scheduler(clock, this.time, () => this.#running < MAX_RUNNING);
  }

  /** The gate before an issuer, where there is one: all is well where there is none. */
  gate(key: string | object): IssuerGate | undefined {
    return this.#gates.get(key);
  }

  /** The gate before an issuer. */
  openGate(key: string | object): IssuerGate {
    const known = this.#gates.get(key);
    if (known !== undefined) return known;
    const { clock, time, scheduler } = this;
    const gate = new IssuerGate(key, { clock, time, scheduler, onIdle: this.#forget });
    this.#gates.set(key, gate);
    return gate;
  }

  /** Begins a refresh, where the gate lets it in. Whatever began must {@link Dispatcher.end}. */
  begin(gate: IssuerGate, forced: boolean): boolean {
    if (!gate.enter(forced)) return false;
    this.#running += 1;
    return true;
  }

  /** Ends a refresh. */
  end(gate: IssuerGate, error: RefreshError | undefined, beganAt: number): void {
    this.#running -= 1;
    gate.leave(error, beganAt);
    this.scheduler.resume();
  }

  readonly #forget = (gate: IssuerGate): void => {
    this.scheduler.drop(gate);
    this.#gates.delete(gate.key);
  };
}
