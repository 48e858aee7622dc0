/**
 * Hands work to Node's thread pool, a little at a time. The pool is also where files are read and names resolved: a thousand
 * signatures handed over at once would keep those waiting until the last is made.
 */
import { abandonable } from '../base/abandonable.js';

interface Turn {
  readonly begin: () => void;
  next: Turn | undefined;
}

/** Twice the threads of the pool: each finds its next piece without a round through the event loop. */
const MOST_AT_ONCE = 8;

/** A queue in the order of arrival, of which eight pieces are under way at most. */
export class SigningQueue {
  #underWay = 0;
  #first: Turn | undefined;
  #last: Turn | undefined;

  /**
   * What the work gives. The signal abandons it: what still waits in the queue is never begun.
   * @throws what the work throws, or the signal's reason.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return abandonable(this.#inTurn(work, signal), signal);
  }

  async #inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    await new Promise<void>((begin) => {
      this.#enter(begin);
    });
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#advance();
    }
  }

  #enter(begin: Turn['begin']): void {
    const turn = { begin, next: undefined };
    if (this.#last === undefined) this.#first = turn;
    else this.#last.next = turn;
    this.#last = turn;
    this.#advance();
  }

  #advance(): void {
    while (this.#first !== undefined && this.#underWay < MOST_AT_ONCE) {
      const { begin, next } = this.#first;
      this.#first = next;
      if (next === undefined) this.#last = undefined;
      this.#underWay += 1;
      begin();
    }
  }
}
