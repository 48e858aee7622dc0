/**
 * Hands work to Node's thread pool, a little at a time. The pool is also where files are read and names resolved: a thousand
 * signatures handed over at once would keep those waiting until the last is made.
 */
import { abandonable } from '../base/abandonable.js';

/** Begins one piece of work, which calls `done` once, when it ends. */
export type Start<T> = (done: (error: Error | null, result: T) => void) => void;

interface Turn {
  /** Does nothing where nobody waits for the work any more. */
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
   * What the work reports. The signal abandons it: what still waits in the queue is never begun.
   * @throws what the work reports, or the signal's reason.
   */
  run<T>(start: Start<T>, signal?: AbortSignal): Promise<T> {
    const result = new Promise<T>((resolve, reject) => {
      const end = (settle: () => void): void => {
        settle();
        this.#underWay -= 1;
        this.#advance();
      };
      this.#enter(() => {
        if (signal?.aborted === true) return;
        this.#underWay += 1;
        start((error, value) => {
          end(error === null ? () => resolve(value) : () => reject(error));
        });
      });
    });
    return abandonable(result, signal);
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
      begin();
    }
  }
}
