/** The home directory of the user. */

/** The home directory; `undefined` where the user has none. */
export function homeDirectory(): string | undefined {
  try {
    const home = process.getBuiltinModule('node:os').homedir();
    return home === '' ? undefined : home;
  } catch {
    // A user id without an entry in the system's list of users, as containers have them.
    return undefined;
  }
}
