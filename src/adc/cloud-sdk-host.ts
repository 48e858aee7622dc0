/** This machine, as far as finding gcloud's files goes. */
import { adcFilePath, type CloudSdkHost } from '../google/cloud-sdk.js';
import { readEnv } from '../host/env.js';
import { homeDirectory } from '../host/home.js';

/** The machine, its environment and its user. */
export const cloudSdkHost: CloudSdkHost = Object.freeze({
  get platform(): string {
    return process.platform;
  },
  env: readEnv,
  home: homeDirectory,
});

/** Where `gcloud auth application-default login` leaves its file; undefined where the user has no home directory. */
export function gcloudFilePath(): string | undefined {
  return adcFilePath(cloudSdkHost);
}
