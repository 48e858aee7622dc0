/** Lets nobody spend a grant while somebody else does: a server that rotates takes a refresh token once. */
import type { Grant } from './grant.js';

/** The latest work that was asked for, while it is not done. */
const LATEST = new WeakMap<Grant, Promise<unknown>>();

/** Does work that spends the refresh token, after all work of that kind that was asked for before. */
export function exclusively<T>(grant: Grant, work: () => Promise<T>): Promise<T> {
  const before = LATEST.get(grant);
  const mine = before === undefined ? work() : before.then(work, work);
  LATEST.set(grant, mine);
  const done = (): void => {
    if (LATEST.get(grant) === mine) LATEST.delete(grant);
  };
  mine.then(done, done);
  return mine;
}
