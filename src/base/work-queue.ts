/** Lets a few pieces of work run at a time, so that a thousand that come at once hold nobody else up. */
import { abandonable } from './abandonable.js';
import { begin } from './begin.js';

/** A piece of work. */
interface Turn {
  /** Does it, and tells whoever asked for it. It never rejects. */
  readonly begin: () => Promise<void>;
  next: Turn | undefined;
}

/**
 * How many pieces to hand to Node's thread pool, where files are read and names resolved too: four for each of its threads, so that
 * all find their next piece even where the event loop is late, and whoever else comes waits for a few pieces only.
 */
export const MOST_ON_THREAD_POOL = 16;

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
    const done = new Promise<T>((resolve, reject) => {
      this.#enter({ begin: () => begun(work, signal).then(resolve, reject), next: undefined });
    });
    return abandonable(done, signal);
  }

  #enter(turn: Turn): void {
    if (this.#underWay < this.#mostAtOnce) return this.#begin(turn);
    if (this.#last === undefined) this.#first = turn;
    else this.#last.next = turn;
    this.#last = turn;
  }

  #begin(turn: Turn): void {
    this.#underWay += 1;
    void turn.begin().then(() => {
      this.#underWay -= 1;
      this.#advance();
    });
  }

  #advance(): void {
    const turn = this.#first;
    if (turn === undefined) return;
    this.#first = turn.next;
    if (turn.next === undefined) this.#last = undefined;
    this.#begin(turn);
  }
}

/** What the work gives; it may fail before it has begun. */
function begun<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return begin(() => {
    signal?.throwIfAborted();
    return work();
  });
}
