import { describe, expect, test } from 'vitest';
import { readConfigurationName, readProperty } from '../../src/google/cloud-sdk-properties.js';

const CONFIGURATION = `[core]
# project = commented-out
;project = commented-out
account = ann@example.com
project = my-project

[compute]
project = of-compute
zone: europe-west1-b
empty =
`;

describe('readConfigurationName', () => {
  test.each([
    ['default', 'default'],
    ['work-2\n', 'work-2'],
    ['../../etc/passwd', undefined],
    ['a/b', undefined],
    ['NONE', undefined],
    ['-x', undefined],
    ['', undefined],
  ])('%j → %j', (text, name) => {
    expect(readConfigurationName(text)).toBe(name);
  });
});

describe('readProperty', () => {
  test.each([
    ['core', 'project', 'my-project'],
    ['compute', 'project', 'of-compute'],
    ['compute', 'zone', 'europe-west1-b'],
    ['compute', 'empty', undefined],
    ['core', 'zone', undefined],
    ['billing', 'quota_project', undefined],
  ])('%s/%s → %j', (section, name, value) => {
    expect(readProperty(CONFIGURATION, section, name)).toBe(value);
    expect(readProperty(CONFIGURATION.replaceAll('\n', '\r\n'), section, name)).toBe(value);
  });

  test('a line takes no longer than its length, whatever stands in it', () => {
    const line = `project =${' '.repeat(500_000)}x\u2028y`;

    expect(readProperty(`[core]\n${line}\n${line}`, 'core', 'project')).toBeUndefined();
  });

  test('nothing stands outside of a section, or in what is no such file', () => {
    expect(readProperty('project = x', 'core', 'project')).toBeUndefined();
    expect(readProperty('\0\0', 'core', 'project')).toBeUndefined();
  });
});
