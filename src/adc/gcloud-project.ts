/** The project that gcloud is set to, read from its files: running gcloud would take a second. */
import { isHeaderSafe } from '../base/header-value.js';
import { DEFAULT_CONFIGURATION, readConfigurationName, readProperty } from '../google/cloud-sdk-properties.js';
import { cloudSdkDirectory } from '../google/cloud-sdk.js';
import { readEnv } from '../host/env.js';
import { readSmallFile } from '../host/files.js';
import { cloudSdkHost } from './cloud-sdk-host.js';

/** What `gcloud config get project` would say; undefined where it would say nothing. It never fails. */
export async function gcloudProject(): Promise<string | undefined> {
  const named = readEnv('CLOUDSDK_CORE_PROJECT');
  const project = named ?? (await configuredProject());
  return isHeaderSafe(project) ? project : undefined;
}

async function configuredProject(): Promise<string | undefined> {
  const directory = cloudSdkDirectory(cloudSdkHost);
  if (directory === undefined) return undefined;
  const configuration = await activeConfiguration(directory);
  if (configuration === undefined) return undefined;
  const text = await textOf(directory, 'configurations', `config_${configuration}`);
  return text === undefined ? undefined : readProperty(text, 'core', 'project');
}

async function activeConfiguration(directory: string): Promise<string | undefined> {
  const named = readEnv('CLOUDSDK_ACTIVE_CONFIG_NAME') ?? (await textOf(directory, 'active_config')) ?? '';
  // gcloud takes an empty file for none.
  return named.trim() === '' ? DEFAULT_CONFIGURATION : readConfigurationName(named);
}

/** The project is a convenience: whatever keeps its file from being read leaves it unknown. */
async function textOf(...path: readonly string[]): Promise<string | undefined> {
  try {
    return await readSmallFile(process.getBuiltinModule('node:path').join(...path));
  } catch {
    return undefined;
  }
}
