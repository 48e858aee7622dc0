/** Which fault hits which request: queues, standing faults and chances, per endpoint. */
import { atLeast, requireNumber, requireOneOf } from '../arguments.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';
import { readFault } from './fault-reading.js';
import type { EmulatorEndpoint, Fault } from './fault.js';
import { ENDPOINTS } from './fault.js';

/** Makes endpoints of an emulator fail. Queued faults come first, then those by chance, then the standing one. */
export interface EmulatorFaults {
  /**
   * Lets the next requests to an endpoint fail, after those for which faults are queued already.
   * @param options - `times`: how many requests, by default 1.
   */
  next(endpoint: EmulatorEndpoint, fault: Fault, options?: { readonly times?: number }): void;
  /** Lets every request to an endpoint fail, until cleared or replaced by another standing fault. */
  always(endpoint: EmulatorEndpoint, fault: Fault): void;
  /**
   * Lets requests to an endpoint fail by chance, until cleared. The emulator's `seed` fixes the sequence.
   * @param probability - From 0 (never) to 1 (always).
   */
  randomly(endpoint: EmulatorEndpoint, probability: number, fault: Fault): void;
  /** Forgets every fault of an endpoint, or of all of them. */
  clear(endpoint?: EmulatorEndpoint): void;
}

interface Repetition {
  readonly times?: number;
}

const REPETITION_CHECKS: Checks<Repetition> = { times: atLeast(0) };

interface EndpointPlan {
  queued: Fault[];
  byChance: { readonly probability: number; readonly fault: Fault }[];
  standing: Fault | undefined;
}

/** The faults that wait for the requests of one emulator. */
export class FaultPlan {
  readonly #random: () => number;
  readonly #plans: Map<EmulatorEndpoint, EndpointPlan> = new Map();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** What users see of it. */
  get view(): EmulatorFaults {
    return Object.freeze({
      next: (endpoint: EmulatorEndpoint, fault: Fault, options: Repetition = {}) => {
        const { times = 1 } = readOptions(options, REPETITION_CHECKS);
        this.#queue(endpoint, fault, times);
      },
      always: (endpoint: EmulatorEndpoint, fault: Fault) => {
        this.#planOf(endpoint).standing = readFault(fault);
      },
      randomly: (endpoint: EmulatorEndpoint, probability: number, fault: Fault) => {
        this.#chance(endpoint, probability, fault);
      },
      clear: (endpoint?: EmulatorEndpoint) => {
        if (endpoint === undefined) this.#plans.clear();
        else this.#plans.delete(requireOneOf('endpoint', endpoint, ENDPOINTS));
      },
    });
  }

  /** Takes the fault, if any, that hits the request which has just arrived. */
  take(endpoint: EmulatorEndpoint): Fault | undefined {
    const plan = this.#plans.get(endpoint);
    if (plan === undefined) return undefined;
    const queued = plan.queued.shift();
    if (queued !== undefined) return queued;
    return plan.byChance.find(({ probability }) => this.#random() < probability)?.fault ?? plan.standing;
  }

  #queue(endpoint: EmulatorEndpoint, fault: Fault, times: number): void {
    const checked = readFault(fault);
    const { queued } = this.#planOf(endpoint);
    for (let time = 0; time < times; time += 1) queued.push(checked);
  }

  #chance(endpoint: EmulatorEndpoint, probability: number, fault: Fault): void {
    if (requireNumber('probability', probability, 0) > 1) throw new TypeError('"probability" must be at most 1');
    this.#planOf(endpoint).byChance.push({ probability, fault: readFault(fault) });
  }

  #planOf(endpoint: EmulatorEndpoint): EndpointPlan {
    requireOneOf('endpoint', endpoint, ENDPOINTS);
    const plan = this.#plans.get(endpoint) ?? { queued: [], byChance: [], standing: undefined };
    this.#plans.set(endpoint, plan);
    return plan;
  }
}
