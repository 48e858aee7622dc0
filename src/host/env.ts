/** The one door to the environment. Nothing is read before it is needed, so that a variable set later still counts. */

/** The environment variable as it stands now; an empty one counts as unset. */
export function readEnv(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/**
 * The whole environment and some variables more, for a child process. It inherits nothing, so that a polluted
 * `Object.prototype` supplies no variable.
 */
export function environmentWith(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment = { ...process.env, ...extra };
  Object.setPrototypeOf(environment, null);
  return environment;
}
