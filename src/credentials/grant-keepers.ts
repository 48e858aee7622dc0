/** Who saves the tokens of a grant: they hear of each rotation, though other credentials of the same refresh token brought it about. */
import type { Grant } from '../tokens/grant.js';
import type { TokenKeeper } from './token-keeper.js';

type Keepers = readonly TokenKeeper[];

/** Credentials that nobody holds any more save nothing more. */
const keepersOfGrants = new WeakMap<Grant, WeakRef<Keepers>[]>();

/** Lets the keepers of credentials hear of what other credentials do with their grant. */
export function addKeepers(grant: Grant, keepers: Keepers): void {
  const held = (keepersOfGrants.get(grant) ?? []).filter((entry) => entry.deref() !== undefined);
  keepersOfGrants.set(grant, [...held, new WeakRef(keepers)]);
}

/** The keepers of all other credentials of the grant, but for those that would write a file which the own ones write anyway. */
export function otherKeepers(grant: Grant, own: Keepers = []): Keepers {
  const written = new Set(own.map(({ path }) => path).filter((path) => path !== undefined));
  const all = (keepersOfGrants.get(grant) ?? []).flatMap((entry) => entry.deref() ?? []);
  return all.filter((keeper) => !own.includes(keeper) && (keeper.path === undefined || !written.has(keeper.path)));
}
