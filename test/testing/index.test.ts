import { expect, test } from 'vitest';
import * as testing from '../../src/testing/index.js';

test('the test kit exports the emulator and the clock', () => {
  expect(Object.keys(testing).toSorted()).toEqual(['manualClock', 'startEmulator']);
});
