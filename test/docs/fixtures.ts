/** What an example of the documentation may need around it to run for real. */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Emulator } from 'credence/testing';

/** Where an example is about to run. */
export interface Stage {
  /** The running emulator. */
  readonly emulator: Emulator;
  /** The working directory of the example, empty at first. */
  readonly folder: string;
  /** Options for node. */
  readonly nodeOptions: string[];
}

/** Fixture → what it puts on the stage. */
export const FIXTURES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  /** `authorized_user.json` in the working directory, of a user whom the emulator knows. */
  'authorized-user-file': async ({ emulator, folder }) => {
    const { path: file } = await emulator.authorizedUser();
    await copyFile(file, path.join(folder, 'authorized_user.json'));
  },

  /** `https://api.example.com` is the emulator's bearer-protected API for whoever uses the global `fetch`. */
  'example-api': async ({ emulator, folder, nodeOptions }) => {
    const file = path.join(folder, 'example-api.mjs');
    await writeFile(
      file,
      `const real = globalThis.fetch;
       globalThis.fetch = (input, init) => {
         const { href } = new URL(input.url ?? input);
         const moved = href.replace('https://api.example.com', ${JSON.stringify(emulator.apiUrl)});
         return real(input.url === undefined ? moved : new Request(moved, input), init);
       };`,
    );
    nodeOptions.push('--import', pathToFileURL(file).href);
  },
};
