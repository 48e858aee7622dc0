/** The door to the environment. Nothing is read before it is needed, so that a variable set later still counts. */

/** The environment variable as it stands now; an empty one counts as unset. */
export function readEnv(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
