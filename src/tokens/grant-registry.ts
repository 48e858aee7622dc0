/** Finds the grant of a refresh token that this process holds already: a token that two grants spend looks stolen to a server that rotates. */
import { randomOf, systemClock, type Clock } from '../base/clock.js';
import { Grant, type GrantClient } from './grant.js';

/** Drawn with the first grant, so that where one is kept cannot be foreseen. */
let seed: number | undefined;
/** All sizes of the table are odd, so that every bit of a hash counts. */
const SMALLEST = 17;
const FULLEST = 0.75;

/** It keeps no grant alive and no refresh token: a table of places, with the grant itself as the judge. */
let slots: (WeakRef<Grant> | undefined)[] = [];
let used = 0;

/**
 * The grant of a refresh token, shared by all who hold it; one of its own where there is none.
 * @param clock A test that brings its own has a world of its own: its grants meet no others.
 */
export function sharedGrant(refreshToken: string | undefined, client: GrantClient, clock: Clock): Grant {
  if (refreshToken === undefined) return new Grant(undefined);
  const at = placeOf(refreshToken, (grant) => grant?.isOf(refreshToken, client, clock) === true);
  return slots[at]?.deref() ?? remember(new Grant(refreshToken, client, clock), refreshToken);
}

/** Lets a grant be found by this refresh token too. */
export function remember(grant: Grant, refreshToken: string): Grant {
  if (used >= slots.length * FULLEST) rebuild();
  used += 1;
  slots[placeOf(refreshToken, (other) => other === grant)] = new WeakRef(grant);
  return grant;
}

/** Leaves out what nobody holds any more, and makes room for as much again as is left. */
function rebuild(): void {
  const held = new Set(slots.map((slot) => slot?.deref()));
  const entries = [...held].flatMap((grant) => grant?.knownTokens.map((token) => [grant, token] as const) ?? []);
  slots = Array.from({ length: SMALLEST + 2 * entries.length });
  used = 0;
  for (const [grant, token] of entries) remember(grant, token);
}

/** Where the grant that is meant stands, or may be put: where a place is taken, the next one counts, up to the first that was never taken. */
function placeOf(refreshToken: string, isMeant: (grant: Grant | undefined) => boolean): number {
  for (let at = hashOf(refreshToken) % slots.length; ; at = (at + 1) % slots.length) {
    const slot = slots[at];
    if (slot === undefined || isMeant(slot.deref())) return at;
  }
}

/** A keyed hash of 32 bits (FNV-1a). */
function hashOf(text: string): number {
  let hash = (seed ??= randomOf(systemClock) * 2 ** 32);
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
