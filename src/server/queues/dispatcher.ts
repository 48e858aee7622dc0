/** What all names kept by one clock share: its timer, the gates before issuers, and the places for refreshes in the background. */
import type { Clock } from '../../base/clock.js';
import type { RefreshError } from '../../errors.js';
import { IssuerGate } from './issuer-gate.js';
import type { Scheduled } from './lane.js';
import { PassedTime } from './passed-time.js';
import { Places } from './places.js';
import { Scheduler } from './scheduler.js';

/** Somebody who refreshes. */
export interface Refresher extends Scheduled {
  /** Whether a caller waits for the token. */
  readonly isAwaited: boolean;
}

/** How a refresh ended. */
export interface Outcome {
  /** Its failure, where that concerns others of the issuer as well. */
  readonly error: RefreshError | undefined;
  /** When it began. */
  readonly beganAt: number;
}

/** Lets refreshes begin, and takes note of how they ended. */
export class Dispatcher {
  /** Where time is read. */
  readonly clock: Clock;
  /** The time of all deadlines. */
  readonly time: PassedTime;
  /** The deadlines. */
  readonly scheduler: Scheduler;
  readonly #gates = new Map<string | object, IssuerGate>();
  readonly #places = Object.freeze({ prompt: new Places(), patient: new Places() });

  constructor(clock: Clock) {
    this.clock = clock;
    this.time = new PassedTime(clock);
    this.scheduler = new Scheduler(clock, this.time, this.#places);
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
  begin(gate: IssuerGate, refresher: Refresher, forced: boolean): boolean {
    if (!gate.enter(forced)) return false;
    const { prompt, patient } = this.#places;
    // Callers are let in whether there is a place or not.
    if (!refresher.isAwaited) (refresher.canWait === true ? patient : prompt).take(refresher, this.time.now());
    return true;
  }

  /** Ends a refresh. */
  end(gate: IssuerGate, refresher: Refresher, { error, beganAt }: Outcome): void {
    this.#places.prompt.leave(refresher);
    this.#places.patient.leave(refresher);
    gate.leave(error, beganAt);
    this.scheduler.resume();
  }

  readonly #forget = (gate: IssuerGate): void => {
    this.scheduler.drop(gate);
    this.#gates.delete(gate.key);
  };
}
