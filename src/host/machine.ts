/** What this machine is like, in one value, for code that is told so rather than asks. */
import { readEnv } from './env.js';

/** A machine, as far as finding files on it takes. */
export interface Machine {
  /** As `process.platform` has it. */
  readonly platform: string;
  /** An environment variable as it stands now; `undefined` where it is unset or empty. */
  env(name: string): string | undefined;
  /** The home directory of the user; `undefined` where they have none. */
  home(): string | undefined;
}

/** The machine that we run on. */
export const thisMachine: Machine = Object.freeze({ platform: process.platform, env: readEnv, home });

function home(): string | undefined {
  try {
    const path = process.getBuiltinModule('node:os').homedir();
    return path === '' ? undefined : path;
  } catch {
    // In containers a user may have a number and no entry in the list of users.
    return undefined;
  }
}
