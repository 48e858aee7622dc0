import { expect, test } from 'vitest';
import { requireOpen } from '../../src/testing/closing.js';

test('an emulator is open until it closes', () => {
  const closing = new AbortController();
  requireOpen(closing.signal);

  closing.abort();

  expect(() => requireOpen(closing.signal)).toThrow('The emulator is closed.');
});
