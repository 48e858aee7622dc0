/** What a cache holds in place of a value, so that whoever is shown what it holds sees when it ends, and no way to the value. */

let valueOf: <V>(box: Box<V>) => V;

/** A value in a box that has no door: {@link unboxed} alone looks through its wall. */
export class Box<V> {
  /** When the value ends, in milliseconds since the epoch; `Infinity` where it never does. */
  readonly expiresAt: number;
  readonly #value: V;

  constructor(value: V, expiresAt: number) {
    this.#value = value;
    this.expiresAt = expiresAt;
  }

  static {
    valueOf = (box) => box.#value;
  }
}

/** The value in a box. */
export function unboxed<V>(box: Box<V>): V {
  return valueOf(box);
}
