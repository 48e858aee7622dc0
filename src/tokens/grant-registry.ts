/** Finds the grant of a refresh token that this process holds already: a token that two grants spend looks stolen to a server that rotates. */
import { randomOf, systemClock, type Clock } from '../base/clock.js';
import { Grant, type GrantClient } from './grant.js';

/** Where a grant lives in the table is nobody's to foresee, who could make many refresh tokens that share one place. */
const SEED = Math.trunc(randomOf(systemClock) * 2 ** 32);
/** Grants that nobody holds any more are looked for when there are twice as many entries as were left the last time, and so many at least. */
const SWEPT_ENTRIES = 64;

/** Grants by their refresh tokens. It keeps none of them alive, and no refresh token. */
export class GrantRegistry {
  readonly #grants = new Map<number, WeakRef<Grant>>();
  #sweepAt = SWEPT_ENTRIES;

  /** The grant of a refresh token; a new one where nobody holds it. */
  grantOf(refreshToken: string, client: GrantClient): Grant {
    return this.#find(refreshToken, client) ?? this.#made(refreshToken, client);
  }

  /** Lets a grant be found by another refresh token. */
  add(grant: Grant, refreshToken: string): void {
    if (this.#grants.size >= this.#sweepAt) this.#sweep();
    this.#grants.set(this.#freeKey(refreshToken), new WeakRef(grant));
  }

  #made(refreshToken: string, client: GrantClient): Grant {
    const grant = new Grant(refreshToken, client, this);
    this.add(grant, refreshToken);
    return grant;
  }

  /** Two refresh tokens may have the same hash: the next keys are theirs in turn, and the grant itself says whose it is. */
  #find(refreshToken: string, client: GrantClient): Grant | undefined {
    for (let key = hashOf(refreshToken); ; key = after(key)) {
      const entry = this.#grants.get(key);
      if (entry === undefined) return undefined;
      const grant = entry.deref();
      if (grant?.isOf(refreshToken, client) === true) return grant;
    }
  }

  #freeKey(refreshToken: string): number {
    let key = hashOf(refreshToken);
    while (this.#grants.get(key)?.deref() !== undefined) key = after(key);
    return key;
  }

  #sweep(): void {
    const alive = new Set([...this.#grants.values()].map((entry) => entry.deref()));
    this.#grants.clear();
    this.#sweepAt = Infinity;
    for (const grant of alive) for (const token of grant?.knownTokens ?? []) if (grant) this.add(grant, token);
    this.#sweepAt = Math.max(SWEPT_ENTRIES, 2 * this.#grants.size);
  }
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

/** 32 bits of a keyed hash (FNV-1a), which V8 keeps without memory of their own. */
function hashOf(text: string): number {
  let hash = SEED;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}

function after(key: number): number {
  return (key + 1) | 0;
}
