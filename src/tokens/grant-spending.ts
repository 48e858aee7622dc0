/** What becomes of a grant as it is spent. Loaded with the first refresh. */
import { remember } from './grant-registry.js';
import type { Grant } from './grant.js';

/** So many refresh tokens that a server has replaced lead to a grant still: the first, which a file that is not written holds for good, and the latest. */
const KEPT_FORMER = 16;

/** Notes a refresh that succeeded; gives whether it brought another refresh token. An absent or empty one keeps the old. */
export function succeeded(grant: Grant, next: string | undefined): boolean {
  const rotated = rotate(grant, next);
  if (!rotated) grant.mark('steady');
  return rotated;
}

/** Takes over the refresh token that the server put in the place of this one; gives whether it is another one. */
export function rotate(grant: Grant, next: string | undefined): boolean {
  const known = grant.knownTokens;
  return replace(grant, next, [...known.slice(0, 1), ...known.slice(1).slice(1 - KEPT_FORMER)]);
}

/**
 * Takes over a refresh token of which the server did not say that it replaces this one; gives whether it is another one. Somebody else
 * may have signed in: the old ones no longer lead here. One that the server has replaced is not taken back, as a file may hold it for long.
 */
export function adopt(grant: Grant, next: string | undefined): boolean {
  return next !== undefined && !grant.knownTokens.includes(next) && replace(grant, next);
}

function replace(grant: Grant, next: string | undefined, former?: readonly string[]): boolean {
  if (next === undefined || next === '' || next === grant.refreshToken) return false;
  grant.take(next, former);
  remember(grant, next);
  return true;
}
