import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';
import { isSameSecret } from '../../../src/testing/oauth/same-secret.js';

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

test('A secret is itself', () => {
  expect(isSameSecret('GOCSPX-ü', 'GOCSPX-ü')).toBe(true);
});

test.each(['', 'GOCSPX-', 'GOCSPX-1', 'GOCSPX-22', 'gocspx-2', 'GOCSPX-2\0'])('It is no other text: "%s"', (sent) => {
  expect(isSameSecret(sent, 'GOCSPX-2')).toBe(false);
});

test('F80 Secrets of whatever length are compared in constant time, by digests of one length', () => {
  const compare = vi.spyOn(crypto, 'timingSafeEqual');
  syncBuiltinESMExports();

  isSameSecret('', 'GOCSPX-2');
  isSameSecret('GOCSPX-2'.repeat(1_000), 'GOCSPX-2');

  const lengths = compare.mock.calls.flat().map((digest) => digest.byteLength);
  expect(lengths).toEqual([32, 32, 32, 32]);
});
