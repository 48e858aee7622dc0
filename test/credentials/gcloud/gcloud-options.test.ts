import { describe, expect, it } from 'vitest';
import { gcloudOptions } from '../../../src/credentials/gcloud/gcloud-options.js';

describe('gcloudOptions', () => {
  it('are a frozen copy of what is known', () => {
    const given = {
      account: 'ann@example.com',
      command: '/opt/gcloud',
      timeoutMs: 1,
      assumedLifetimeMs: 2,
      other: true,
    };

    const own = gcloudOptions(given);

    expect({ ...own }).toEqual({
      account: 'ann@example.com',
      command: '/opt/gcloud',
      timeoutMs: 1,
      assumedLifetimeMs: 2,
    });
    expect(Object.isFrozen(own)).toBe(true);
  });

  it.each(['', 'ann', '-a@example.com', '--flags-file=/x', 'a@example.com --project=x', 'a@b.c\n', 5, null])(
    'refuse %j as an account, without quoting it',
    (account) => {
      expect(() => gcloudOptions({ account: account as string })).toThrow(
        new TypeError('"account" must be an e-mail address, as `gcloud auth list` shows it'),
      );
    },
  );

  it.each(['', 'a\0b', 'a\nb', 5, null])('refuse %j as a command', (command) => {
    expect(() => gcloudOptions({ command: command as string })).toThrow(/^"command" must be the name of a command/);
  });

  it.each([0, -1, NaN, Infinity, '5', null])('refuse %j as a duration', (value) => {
    for (const name of ['timeoutMs', 'assumedLifetimeMs'])
      expect(() => gcloudOptions({ [name]: value as number })).toThrow(
        new TypeError(`"${name}" must be a positive number of milliseconds`),
      );
  });

  it('are checked for what every kind takes', () => {
    expect(() => gcloudOptions({ quotaProjectId: 'a b' })).toThrow(/"quotaProjectId"/);
  });
});
