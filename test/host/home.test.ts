import { homedir } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { homeDirectory } from '../../src/host/home.js';

afterEach(() => {
  vi.restoreAllMocks();
});

test('It is that of the user', () => {
  expect(homeDirectory()).toBe(homedir());
});

test.each([
  ['whose entry is empty', () => ''],
  [
    'whom the system does not know',
    () => {
      throw new Error('ENOENT: uv_os_homedir');
    },
  ],
])('A user %s has none', (_, home) => {
  vi.spyOn(process.getBuiltinModule('node:os'), 'homedir').mockImplementation(home);

  expect(homeDirectory()).toBeUndefined();
});
