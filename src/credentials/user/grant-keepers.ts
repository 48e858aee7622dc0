/** Who keeps the tokens of a grant: all hear of each rotation, though other credentials of the same refresh token brought it about. */
import type { Grant } from '../../tokens/grant.js';
import type { UserKeepers } from './user-keepers.js';

/** Credentials that nobody holds any more save nothing more. */
const keepersOfGrants = new WeakMap<Grant, WeakRef<UserKeepers>[]>();

/** Lets the keepers of credentials hear of what other credentials do with their grant. */
export function addKeepers(grant: Grant, keepers: UserKeepers): void {
  const held = (keepersOfGrants.get(grant) ?? []).filter((entry) => entry.deref() !== undefined);
  keepersOfGrants.set(grant, [...held, new WeakRef(keepers)]);
}

/** The keepers of all credentials of the grant. */
export function keepersOfGrant(grant: Grant): readonly UserKeepers[] {
  return (keepersOfGrants.get(grant) ?? []).flatMap((entry) => entry.deref() ?? []);
}
