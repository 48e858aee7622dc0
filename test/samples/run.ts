/** Runs a built sample as a person would: in a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** What a sample did. */
export interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

const SAMPLES = fileURLToPath(new URL('../../build/samples/', import.meta.url));
const TIMEOUT_MS = 18_000;
/** How the emulator's secrets begin: no sample may show one. */
const SECRETS = /ya29\.|1\/\/|secret-|AIza/;

/** Runs it with nothing of this process's environment that it would look at. */
export async function runSample(name: string, env: Record<string, string> = {}): Promise<Run> {
  const { PATH = '', TMPDIR } = process.env;
  const options = { env: { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env }, timeout: TIMEOUT_MS };
  const run = await new Promise<Run>((resolve) => {
    execFile(process.execPath, [`${SAMPLES}${name}.js`], options, (error, output, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output, errors });
    });
  });
  expect(`${run.output}${run.errors}`).not.toMatch(SECRETS);
  return run;
}
