import { getHashes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOf } from '../../src/jose/hash.js';

test.each([
  ['RS256', 'sha256'],
  ['ES256', 'sha256'],
  ['ES384', 'sha384'],
] as const)('The hash of %s is %s, by the name that Node knows', (algorithm, hash) => {
  expect(hashOf(algorithm)).toBe(hash);
  expect(getHashes()).toContain(hash);
});
