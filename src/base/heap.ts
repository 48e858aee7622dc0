/** A binary heap whose members know their places, so that any of them can be moved or taken out in logarithmic time. */

/** What can stand in a {@link Heap}: in one at a time. */
export interface HeapMember {
  /** The smallest comes first. Only the heap changes it while the member stands in one. */
  rank: number;
  /** Where it stands; -1 where it stands in no heap. */
  place: number;
}

/** Members in the order of their ranks. */
export class Heap<T extends HeapMember> {
  readonly #members: T[] = [];

  /** How many there are. */
  get size(): number {
    return this.#members.length;
  }

  /** The one with the smallest rank. */
  get first(): T | undefined {
    return this.#members[0];
  }

  /** Whether it stands in this heap. */
  has(member: T): boolean {
    return member.place !== -1 && this.#members[member.place] === member;
  }

  /** Puts a member in, or moves it to where it belongs by its new rank. */
  put(member: T, rank: number): void {
    const place = this.has(member) ? member.place : this.#members.length;
    member.rank = rank;
    this.#rise(member, place);
    this.#sink(member, member.place);
  }

  /** Takes a member out, where it stands in this heap. */
  remove(member: T): boolean {
    if (!this.has(member)) return false;
    const { place } = member;
    const last = this.#members.pop();
    member.place = -1;
    if (last !== undefined && last !== member) {
      this.#rise(last, place);
      this.#sink(last, last.place);
    }
    return true;
  }

  /** Takes the first member out. */
  takeFirst(): T | undefined {
    const first = this.first;
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** All members, in no particular order. */
  [Symbol.iterator](): Iterator<T> {
    return this.#members[Symbol.iterator]();
  }

  #rise(member: T, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >>> 1;
      const parent = this.#members[above];
      if (parent === undefined || parent.rank <= member.rank) break;
      this.#set(parent, place);
      place = above;
    }
    this.#set(member, place);
  }

  #sink(member: T, from: number): void {
    let place = from;
    for (;;) {
      const child = this.#smallerChild(place);
      if (child === undefined || child.rank >= member.rank) break;
      const below = child.place;
      this.#set(child, place);
      place = below;
    }
    this.#set(member, place);
  }

  #smallerChild(place: number): T | undefined {
    const left = this.#members[2 * place + 1];
    const right = this.#members[2 * place + 2];
    return right !== undefined && left !== undefined && right.rank < left.rank ? right : left;
  }

  #set(member: T, place: number): void {
    this.#members[place] = member;
    member.place = place;
  }
}
