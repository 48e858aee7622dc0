import { describe, expect, test } from 'vitest';
import { adcFilePath, cloudSdkDirectory, type CloudSdkHost } from '../../src/google/cloud-sdk.js';

function host(platform: string, env: Record<string, string> = {}, home?: string): CloudSdkHost {
  return { platform, env: (name) => env[name], home: () => home };
}

describe('cloudSdkDirectory', () => {
  test.each(['linux', 'darwin', 'win32'])('CLOUDSDK_CONFIG names it on %s', (platform) => {
    const env = { CLOUDSDK_CONFIG: '/elsewhere', APPDATA: String.raw`C:\AppData` };

    expect(cloudSdkDirectory(host(platform, env, '/home'))).toBe('/elsewhere');
  });

  test.each(['linux', 'darwin'])('It lies in the home directory on %s', (platform) => {
    expect(cloudSdkDirectory(host(platform, {}, '/somewhere/ann'))).toBe('/somewhere/ann/.config/gcloud');
  });

  test('It lies in APPDATA on Windows, or else on the system’s drive', () => {
    const directories = [{ APPDATA: String.raw`C:\AppData` }, { SystemDrive: 'D:' }, {}].map((env) =>
      cloudSdkDirectory(host('win32', env)),
    );

    expect(directories).toEqual([String.raw`C:\AppData\gcloud`, String.raw`D:\gcloud`, String.raw`C:\gcloud`]);
  });

  test('Without a home directory there is none', () => {
    expect(cloudSdkDirectory(host('linux'))).toBeUndefined();
    expect(adcFilePath(host('linux'))).toBeUndefined();
  });
});

describe('adcFilePath', () => {
  test('It is the file of default credentials in that directory', () => {
    expect(adcFilePath(host('linux', {}, '/somewhere/ann'))).toBe(
      '/somewhere/ann/.config/gcloud/application_default_credentials.json',
    );
    expect(adcFilePath(host('win32', { APPDATA: String.raw`C:\AppData` }))).toBe(
      String.raw`C:\AppData\gcloud\application_default_credentials.json`,
    );
  });
});
