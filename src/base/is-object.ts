/** The guard for what may have members to look at. */

/** Whether it is an object: a function is none here, and neither is `null`. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
