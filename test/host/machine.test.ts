import { homedir } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { thisMachine } from '../../src/host/machine.js';

describe('thisMachine', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('It is of this platform, and knows its variables and its home', () => {
    vi.stubEnv('CREDENCE_TEST_VARIABLE', 'value');

    expect(thisMachine.platform).toBe(process.platform);
    expect(thisMachine.env('CREDENCE_TEST_VARIABLE')).toBe('value');
    expect(thisMachine.home()).toBe(homedir());
  });

  test.skipIf(process.platform === 'win32')('A home that is empty is none', () => {
    vi.stubEnv('HOME', '');

    expect(thisMachine.home()).toBeUndefined();
  });
});
