/** Deadlines that are met in their order, as far as there is room for them. */
import { Heap, type HeapMember } from '../../base/heap.js';

/** Something with a deadline. Its rank is the instant at which it falls due. */
export interface Scheduled extends HeapMember {
  /**
   * Whether nobody misses it if it comes late: it stands in a lane of its own then, and holds nobody else up.
   * @default false
   */
  readonly canWait?: boolean;
  /** Called once the deadline has come, after it left its lane. It must not throw. */
  onDue(): void;
}

/** Says from when on something may be begun: now, or later. */
export interface Room {
  freeAt(now: number): number;
}

/** A heap of deadlines, and the room for what is begun when they come. */
export class Lane {
  /** The deadlines. */
  readonly deadlines: Heap<Scheduled> = new Heap();
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** When its first deadline can be met: now, or later; `Infinity` where it has none. */
  readyAt(now: number): number {
    const { first } = this.deadlines;
    if (first === undefined) return Infinity;
    return first.rank > now ? first.rank : this.#room.freeAt(now);
  }

  /** Whether its first deadline has come, and there is no room. */
  isStalled(now: number): boolean {
    const { first } = this.deadlines;
    return first !== undefined && first.rank <= now && this.#room.freeAt(now) > now;
  }
}
