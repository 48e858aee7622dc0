import { expect, test } from 'vitest';
import * as testing from '../../src/testing/index.js';

test('the test kit exports the emulator, the stand-in for gcloud and the clock', () => {
  expect(Object.keys(testing).toSorted()).toEqual(['createGcloudStandIn', 'manualClock', 'startEmulator']);
});
