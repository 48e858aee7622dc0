import { describe, expect, test } from 'vitest';
import { adcFilePath, cloudSdkDirectory, isGcloudAccount, type CloudSdkHost } from '../../src/google/cloud-sdk.js';

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

describe('isGcloudAccount', () => {
  test.each([
    'ann@example.com',
    "a.o'neil+tag_x-1@sub.example.com",
    'robot@my-project.iam.gserviceaccount.com',
    '123-compute@developer.gserviceaccount.com',
    'principal://iam.googleapis.com/locations/global/workforcePools/pool/subject/ann@example.com',
  ])('%s is one', (account) => {
    expect(isGcloudAccount(account)).toBe(true);
  });

  test.each([
    ...['', 'ann', '@example.com', 'ann@', 'ann@-x', '-a@example.com', '--help@example.com', 'a b@example.com'],
    ...['a@example.com\n', 'a@example.com --project=x', 'a"b@example.com', 'a&b@example.com', '%PATH%@example.com'],
    ...['a@b@example.com', 'principal://evil.example.com/x', `${'a'.repeat(320)}@example.com`, 5, undefined, {}],
  ])('%j is none', (account) => {
    expect(isGcloudAccount(account)).toBe(false);
  });
});
