/** Lets a few pieces of work run at a time, so that a thousand that come at once hold nobody else up. */
import { abandonable } from './abandonable.js';

interface Turn {
  readonly begin: () => void;
  next: Turn | undefined;
}

/**
 * How many pieces to hand to Node's thread pool, where files are read and names resolved too: twice its threads, so that each finds
 * its next piece without a round through the event loop, and whoever else comes waits for a few pieces only.
 */
export const MOST_ON_THREAD_POOL = 8;

/** A queue in the order of arrival, of which so many pieces are under way at most. */
export class WorkQueue {
  readonly #mostAtOnce: number;
  #underWay = 0;
  #first: Turn | undefined;
  #last: Turn | undefined;

  constructor(mostAtOnce: number) {
    this.#mostAtOnce = mostAtOnce;
  }

  /**
   * What the work gives. The signal abandons it: what still waits in the queue is never begun.
   * @throws what the work throws, or the signal's reason.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return abandonable(this.#inTurn(work, signal), signal);
  }

  async #inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (this.#underWay < this.#mostAtOnce) this.#underWay += 1;
    else await this.#turn();
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#advance();
    }
  }

  #turn(): Promise<void> {
    return new Promise((begin) => {
      const turn = { begin, next: undefined };
      if (this.#last === undefined) this.#first = turn;
      else this.#last.next = turn;
      this.#last = turn;
    });
  }

  #advance(): void {
    if (this.#first === undefined) return;
    const { begin, next } = this.#first;
    this.#first = next;
    if (next === undefined) this.#last = undefined;
    this.#underWay += 1;
    begin();
  }
}
