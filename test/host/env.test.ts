import { afterEach, describe, expect, test } from 'vitest';
import { environmentWith, readEnv } from '../../src/host/env.js';

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

describe('environmentWith', () => {
  afterEach(() => {
    delete process.env['CREDENCE_TEST_VARIABLE'];
  });

  test('It is the whole environment and the variables that are given, of which the latter count', () => {
    process.env[NAME] = 'value';

    const environment = environmentWith({ [NAME]: 'other', CREDENCE_TEST_EXTRA: 'extra' });

    expect({ ...environment }).toEqual({ ...process.env, [NAME]: 'other', CREDENCE_TEST_EXTRA: 'extra' });
    expect(process.env[NAME]).toBe('value');
  });

  test('F81 It inherits nothing', () => {
    expect(Object.getPrototypeOf(environmentWith({}))).toBeNull();
  });
});
