/** Where the Google Cloud CLI keeps its files. */

/** What finding gcloud's files needs to know of the machine. */
export interface CloudSdkHost {
  /** As `process.platform` has it. */
  readonly platform: string;
  /** An environment variable; `undefined` where it is unset or empty. */
  env(name: string): string | undefined;
  /** The home directory of the user; `undefined` where they have none. */
  home(): string | undefined;
}

/** The name of the file that `gcloud auth application-default login` writes. */
export const ADC_FILE_NAME = 'application_default_credentials.json';

/** The environment variable that moves gcloud's directory. */
export const CLOUD_SDK_CONFIG_VARIABLE = 'CLOUDSDK_CONFIG';

const DIRECTORY = 'gcloud';

/** The directory of gcloud's configuration; `undefined` where there is no home directory to look in. */
export function cloudSdkDirectory(host: CloudSdkHost): string | undefined {
  const named = host.env(CLOUD_SDK_CONFIG_VARIABLE);
  if (named !== undefined) return named;
  if (host.platform === 'win32') return windowsDirectory(host);
  const home = host.home();
  return home === undefined ? undefined : paths().posix.join(home, '.config', DIRECTORY);
}

/** Where `gcloud auth application-default login` leaves its credentials; `undefined` where there is no home directory. */
export function adcFilePath(host: CloudSdkHost): string | undefined {
  const directory = cloudSdkDirectory(host);
  if (directory === undefined) return undefined;
  const { posix, win32 } = paths();
  return (host.platform === 'win32' ? win32 : posix).join(directory, ADC_FILE_NAME);
}

function windowsDirectory(host: CloudSdkHost): string {
  const { win32 } = paths();
  const appData = host.env('APPDATA');
  return appData === undefined
    ? win32.join(host.env('SystemDrive') ?? 'C:', '\\', DIRECTORY)
    : win32.join(appData, DIRECTORY);
}

function paths(): typeof import('node:path') {
  return process.getBuiltinModule('node:path');
}
