/** The environment of child processes. */

/**
 * The whole environment and some variables more, for a child process. It inherits nothing, so that a polluted
 * `Object.prototype` supplies no variable.
 */
export function environmentWith(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment = { ...process.env, ...extra };
  Object.setPrototypeOf(environment, null);
  return environment;
}
