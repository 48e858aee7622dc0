import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fingerprint } from '../../src/tokens/fingerprint.js';

it('is the same for the same secret, and another for another', () => {
  expect(fingerprint('one')).toBe(fingerprint('one'));
  expect(fingerprint('one')).not.toBe(fingerprint('two'));
  expect(fingerprint('one')).toMatch(/^[0-9a-f]{8}$/);
});

it('F78 is keyed: whoever guesses the secret cannot compute it', () => {
  expect(createHash('sha256').update('one').digest('hex')).not.toContain(fingerprint('one'));
});
