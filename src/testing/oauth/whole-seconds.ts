/** The lives of tokens as the wire has them: in whole seconds. */

/**
 * So many whole seconds are left; one at least while anything is left. A client that is told of none takes the token for dead, and none
 * of those with a fraction of a second to live could be tested.
 */
export function wholeSeconds(milliseconds: number): number {
  const seconds = Math.floor(milliseconds / 1000);
  return milliseconds > 0 ? Math.max(1, seconds) : seconds;
}
