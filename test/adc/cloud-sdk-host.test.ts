import { homedir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cloudSdkHost, gcloudFilePath } from '../../src/adc/cloud-sdk-host.js';

const FILE = 'application_default_credentials.json';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function onPlatform(platform: NodeJS.Platform): void {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
}

function withHome(home: () => string): void {
  vi.spyOn(process.getBuiltinModule('node:os'), 'homedir').mockImplementation(home);
}

test('It is this machine, with its environment and its user', () => {
  vi.stubEnv('SOME_VARIABLE', 'value');

  expect([cloudSdkHost.platform, cloudSdkHost.home()]).toEqual([process.platform, homedir()]);
  expect([cloudSdkHost.env('SOME_VARIABLE'), cloudSdkHost.env('NO_SUCH_VARIABLE')]).toEqual(['value', undefined]);
});

describe('gcloud’s file', () => {
  test('lies in the home directory', () => {
    vi.stubEnv('CLOUDSDK_CONFIG', undefined);
    onPlatform('linux');
    withHome(() => '/somewhere/ann');

    expect(gcloudFilePath()).toBe(`/somewhere/ann/.config/gcloud/${FILE}`);
  });

  test('lies below APPDATA on Windows, or on the system’s drive', () => {
    vi.stubEnv('CLOUDSDK_CONFIG', undefined);
    onPlatform('win32');
    vi.stubEnv('APPDATA', String.raw`C:\Users\Ann\AppData\Roaming`);

    expect(gcloudFilePath()).toBe(String.raw`C:\Users\Ann\AppData\Roaming\gcloud\${FILE}`.replace('${FILE}', FILE));
    vi.stubEnv('APPDATA', undefined);
    vi.stubEnv('SystemDrive', 'D:');
    expect(gcloudFilePath()).toBe(path.win32.join('D:\\', 'gcloud', FILE));
  });

  test('lies where CLOUDSDK_CONFIG says, whenever it says so', () => {
    vi.stubEnv('CLOUDSDK_CONFIG', '/elsewhere');
    onPlatform('linux');

    expect(gcloudFilePath()).toBe(`/elsewhere/${FILE}`);
    vi.stubEnv('CLOUDSDK_CONFIG', '/moved');
    expect(gcloudFilePath()).toBe(`/moved/${FILE}`);
  });

  test('is nowhere for a user without a home directory', () => {
    vi.stubEnv('CLOUDSDK_CONFIG', undefined);
    onPlatform('linux');

    withHome(() => '');
    expect(gcloudFilePath()).toBeUndefined();
    withHome(() => {
      throw new Error('no such user');
    });
    expect(gcloudFilePath()).toBeUndefined();
  });
});
