import { afterEach, describe, expect, test } from 'vitest';
import { environmentWith } from '../../src/host/child-environment.js';

const NAME = 'CREDENCE_TEST_VARIABLE';

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
