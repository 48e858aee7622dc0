/** Requests with gcloud's token, within one life of it: at once to begin with, then one after the other. */
import { GcloudCliCredentials } from 'credence';
import { createGcloudStandIn } from 'credence/testing';
import { inputOf, report } from '../measure/child.js';
import { URL_OF_API } from './fixtures.js';

/** What the parent gives. */
export interface GcloudInput {
  readonly requests: number;
}

/** What becomes of it. */
export interface GcloudResult {
  /** How many gcloud processes ran where gcloud tells the end of its token. */
  readonly runs: number;
  /** The same where it does not, and the token alone has to be asked for. */
  readonly runsWithoutExpiry: number;
}

const { requests } = inputOf<GcloudInput>();
const old = { configHelper: { stderr: 'ERROR: (gcloud) Invalid choice: config-helper', exitCode: 2 } };
const result: GcloudResult = { runs: await runs({}), runsWithoutExpiry: await runs(old) };
report(result);

async function runs(settings: Parameters<typeof createGcloudStandIn>[0]): Promise<number> {
  using gcloud = createGcloudStandIn(settings);
  const credentials = new GcloudCliCredentials({ command: gcloud.command });
  const request = (): Promise<void> => credentials.beforeRequest(undefined, 'GET', URL_OF_API, {});
  await Promise.all(Array.from({ length: requests / 2 }, request));
  for (let sent = requests / 2; sent < requests; sent += 1) await request();
  return gcloud.runs.length;
}
