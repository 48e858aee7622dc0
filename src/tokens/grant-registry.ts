/** Finds the grant of a refresh token that this process holds already: a token that two grants spend looks stolen to a server that rotates. */
import { randomOf, systemClock, type Clock } from '../base/clock.js';
import { Grant, type GrantClient } from './grant.js';

/** Drawn once, so that where a grant is kept cannot be foreseen. */
const SEED = Math.trunc(randomOf(systemClock) * 2 ** 32);
/** A power of two, as all sizes of the table. */
const SMALLEST = 16;
const FULLEST = 0.75;

type Slots = (WeakRef<Grant> | undefined)[];

/** Grants by their refresh tokens. It keeps no grant alive and no refresh token: a table of places, with the grant itself as the judge. */
export class GrantRegistry {
  #slots: Slots = emptySlots(SMALLEST);
  #used = 0;

  /** The grant of a refresh token; a new one where nobody holds it. */
  grantOf(refreshToken: string, client: GrantClient): Grant {
    return this.#find(refreshToken, client) ?? this.#made(refreshToken, client);
  }

  /** Lets a grant be found by another refresh token. */
  add(grant: Grant, refreshToken: string): void {
    if (this.#used >= this.#slots.length * FULLEST) this.#rebuild();
    this.#place(grant, refreshToken);
  }

  #made(refreshToken: string, client: GrantClient): Grant {
    const grant = new Grant(refreshToken, client, this);
    this.add(grant, refreshToken);
    return grant;
  }

  /** Where a place is taken, the next one counts, up to the first that was never taken. */
  #find(refreshToken: string, client: GrantClient): Grant | undefined {
    for (let at = this.#start(refreshToken); ; at = this.#after(at)) {
      const slot = this.#slots[at];
      if (slot === undefined) return undefined;
      const grant = slot.deref();
      if (grant?.isOf(refreshToken, client) === true) return grant;
    }
  }

  #place(grant: Grant, refreshToken: string): void {
    let at = this.#start(refreshToken);
    while (this.#slots[at]?.deref() !== undefined) at = this.#after(at);
    if (this.#slots[at] === undefined) this.#used += 1;
    this.#slots[at] = new WeakRef(grant);
  }

  /** Leaves out what nobody holds any more, and makes room for as much again as is left. */
  #rebuild(): void {
    const alive = [...new Set(this.#slots.map((slot) => slot?.deref()))].filter((grant) => grant !== undefined);
    const tokens = alive.reduce((sum, grant) => sum + grant.knownTokens.length, 0);
    this.#slots = emptySlots(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(2 * tokens))));
    this.#used = 0;
    for (const grant of alive) for (const token of grant.knownTokens) this.#place(grant, token);
  }

  #start(refreshToken: string): number {
    return hashOf(refreshToken) & (this.#slots.length - 1);
  }

  #after(at: number): number {
    return (at + 1) & (this.#slots.length - 1);
  }
}

function emptySlots(size: number): Slots {
  return Array.from({ length: size }, () => undefined);
}

/** A test that brings its own clock has a world of its own: its grants meet no others. */
const registries = new WeakMap<Clock, GrantRegistry>();

/** The grant of a refresh token, shared by all who hold it; one of its own where there is none. */
export function sharedGrant(refreshToken: string | undefined, client: GrantClient, clock: Clock): Grant {
  if (refreshToken === undefined) return new Grant(undefined);
  let registry = registries.get(clock);
  if (registry === undefined) {
    registry = new GrantRegistry();
    registries.set(clock, registry);
  }
  return registry.grantOf(refreshToken, client);
}

/** A keyed hash of 32 bits (FNV-1a). */
function hashOf(text: string): number {
  let hash = SEED;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}
