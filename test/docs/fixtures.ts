/** What an example of the documentation may need around it to run for real. */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGcloudStandIn, type Emulator } from 'credence/testing';
import { onTestFinished } from 'vitest';

/** Where an example is about to run. */
export interface Stage {
  /** The running emulator. */
  readonly emulator: Emulator;
  /** The working directory of the example, empty at first. */
  readonly folder: string;
  /** Options for node. */
  readonly nodeOptions: string[];
  /** The environment of the example; a variable that is `undefined` is not set. */
  readonly env: NodeJS.ProcessEnv;
}

/** Fixture → what it puts on the stage. */
export const FIXTURES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  /** `authorized_user.json` in the working directory, of a user whom the emulator knows. */
  'authorized-user-file': async ({ emulator, folder }) => {
    const { path: file } = await emulator.authorizedUser();
    await copyFile(file, path.join(folder, 'authorized_user.json'));
  },

  /** `key.json` in the working directory, of a service account that may act for `ada@example.com`. */
  'service-account-file': async ({ emulator, folder }) => {
    const { path: file } = await emulator.serviceAccount({
      email: 'robot@my-project.iam.gserviceaccount.com',
      projectId: 'my-project',
      delegatedUsers: ['ada@example.com'],
    });
    await copyFile(file, path.join(folder, 'key.json'));
  },

  /** A machine of Google's, and nothing else that default credentials would find before it. */
  'metadata-server': async ({ emulator, folder, env }) => {
    const { env: machine } = await emulator.metadata({ projectId: 'my-project' });
    Object.assign(env, bareMachine(folder), { NO_GCE_CHECK: undefined }, machine);
  },

  /** A machine on which default credentials find nothing. */
  'bare-machine': async ({ folder, env }) => {
    Object.assign(env, bareMachine(folder));
  },

  /** The command `gcloud` on the path, with somebody signed in. */
  gcloud: async ({ env }) => {
    const gcloud = createGcloudStandIn();
    onTestFinished(() => {
      gcloud.remove();
    });
    env['PATH'] = [gcloud.folder, env['PATH']].join(path.delimiter);
  },

  /** `CLIENT_ID` and `CLIENT_SECRET` in the environment, of a client that the emulator knows. */
  'oauth-client': async ({ emulator, env }) => {
    const { clientId, clientSecret } = emulator.client({ scopes: ['orders.read'] });
    Object.assign(env, { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret });
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

/** Nothing of the machine that the tests run on is found. */
function bareMachine(folder: string): NodeJS.ProcessEnv {
  const nowhere = { GOOGLE_APPLICATION_CREDENTIALS: undefined, CLOUDSDK_CONFIG: folder, NO_GCE_CHECK: 'true' };
  return { ...nowhere, GOOGLE_CLOUD_PROJECT: undefined, GCLOUD_PROJECT: undefined };
}
