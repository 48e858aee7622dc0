import { afterEach, describe, expect, test } from 'vitest';
import { readEnv } from '../../src/host/env.js';

const NAME = 'CREDENCE_TEST_VARIABLE';

describe('readEnv', () => {
  afterEach(() => {
    delete process.env['CREDENCE_TEST_VARIABLE'];
  });

  test('A variable is read when it is asked for, so that one set later counts', () => {
    const before = readEnv(NAME);
    process.env[NAME] = 'value';

    expect([before, readEnv(NAME)]).toEqual([undefined, 'value']);
  });

  test('An empty variable counts as unset', () => {
    process.env[NAME] = '';

    expect(readEnv(NAME)).toBeUndefined();
  });
});
