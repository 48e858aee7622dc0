/** Finds the grant of a refresh token that this process holds already: a token that two grants spend looks stolen to a server that rotates. */
import { randomOf, systemClock, type Clock } from '../base/clock.js';
import { Grant, type GrantClient } from './grant.js';

/** Drawn for each clock, so that where a grant is kept cannot be foreseen, and the same refresh token stands elsewhere in each world. */
const seeds = new WeakMap<Clock, number>();
let worlds = 0;
/** All sizes of the table are odd, so that every bit of a hash counts. */
const SMALLEST = 17;
const FULLEST = 0.75;
/** 2³² by the golden ratio: its multiples lie far apart. */
const SPREAD = 0x9e3779b9;

/** It keeps no grant alive and no refresh token: a table of places, with the grant itself as the judge. */
let slots: (WeakRef<Grant> | undefined)[] = [];
let taken = 0;

/**
 * The grant of a refresh token, shared by all who hold it; one of its own where there is none.
 * @param clock A test that brings its own has a world of its own: its grants meet no others.
 */
export function sharedGrant(refreshToken: string | undefined, client: GrantClient, clock: Clock): Grant {
  if (refreshToken === undefined) return new Grant(undefined);
  const at = placeOf(refreshToken, clock, (grant) => grant.isOf(refreshToken, client, clock));
  return slots[at]?.deref() ?? remember(new Grant(refreshToken, client, clock), refreshToken);
}

/** Lets a grant be found by this refresh token too, in the world that it is shared in. */
export function remember(grant: Grant, refreshToken: string): Grant {
  const { clock } = grant;
  if (clock === undefined) return grant;
  if (taken >= slots.length * FULLEST) rebuild();
  const at = placeOf(refreshToken, clock, (other) => other === grant);
  if (slots[at] === undefined) taken += 1;
  slots[at] = new WeakRef(grant);
  return grant;
}

/** Leaves out what nobody holds any more, and makes room for as much again as is left. */
function rebuild(): void {
  const held = new Set(slots.map((slot) => slot?.deref()));
  const entries = [...held].flatMap((grant) => grant?.knownTokens.map((token) => [grant, token] as const) ?? []);
  slots = Array.from({ length: SMALLEST + 2 * entries.length });
  taken = 0;
  for (const [grant, token] of entries) remember(grant, token);
}

/**
 * Where the grant that is meant stands, or may be put: in the place of one that nobody holds any more, or in one that was never taken,
 * where the search ends.
 */
function placeOf(refreshToken: string, clock: Clock, isMeant: (grant: Grant) => boolean): number {
  let left: number | undefined;
  for (let at = hashOf(refreshToken, seedOf(clock)) % slots.length; ; at = (at + 1) % slots.length) {
    const slot = slots[at];
    if (slot === undefined) return left ?? at;
    const grant = slot.deref();
    if (grant === undefined) left ??= at;
    else if (isMeant(grant)) return at;
  }
}

/** No two worlds have the same, though somebody makes chance constant. */
function seedOf(clock: Clock): number {
  const known = seeds.get(clock);
  if (known !== undefined) return known;
  worlds += 1;
  const seed = randomOf(systemClock) * 2 ** 32 + worlds * SPREAD;
  seeds.set(clock, seed);
  return seed;
}

/** A keyed hash of 32 bits (FNV-1a). */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
