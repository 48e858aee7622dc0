import { expect, test } from 'vitest';
import { changedSettings, DEFAULT_GCLOUD_SETTINGS } from '../../../src/testing/gcloud/gcloud-settings.js';

test('changes are laid over what was there, and undefined brings back the default', () => {
  const current = changedSettings(DEFAULT_GCLOUD_SETTINGS, { account: 'ann@example.com', project: 'p', token: '' });

  const changed = changedSettings(current, { account: undefined, project: undefined, expiresAt: null });

  expect(current).toEqual({ account: 'ann@example.com', signedIn: true, project: 'p', token: '' });
  expect(changed).toEqual({ account: 'user-1@example.com', signedIn: true, token: '', expiresAt: null });
});

test.each([
  [{ account: '' }, '"account" must be a non-empty string'],
  [{ signedIn: 'no' }, '"signedIn" must be a boolean'],
  [{ reauthRequired: 1 }, '"reauthRequired" must be a boolean'],
  [{ token: 5 }, '"token" must be a string'],
  [{ expiresAt: new Date() }, '"expiresAt" must be a finite number, or null'],
  [{ expiresAt: NaN }, '"expiresAt" must be a finite number, or null'],
  [{ project: 5 }, '"project" must be a string'],
  [{ configHelper: 'x' }, '"configHelper" must be an object'],
  [{ printAccessToken: { stdOut: '' } }, /^"printAccessToken" must not hold "stdOut": it takes stdout, /],
  [{ getProject: { exitCode: '1' } }, '"getProject.exitCode" must be a finite number'],
  [{ getProject: { delayMs: -1 } }, '"getProject.delayMs" must be a finite number of at least 0'],
  [{ signedin: false }, /^"settings" must not hold "signedin": it takes account, signedIn, /],
])('%j is refused with a TypeError that names it', (changes, message) => {
  const changing = (): unknown => changedSettings(DEFAULT_GCLOUD_SETTINGS, changes as never);

  expect(changing).toThrow(TypeError);
  expect(changing).toThrow(message);
});
