import { expect, test } from 'vitest';
import { mergedClaims } from '../../../src/credentials/jwt/jwt-claims.js';

test('What is left out, or undefined, stays', () => {
  expect({ ...mergedClaims({ additionalClaims: { a: 1 } }, { audience: 'new', subject: undefined }) }).toEqual({
    audience: 'new',
  });
});

test('Further claims are merged, the new ones going before', () => {
  expect(mergedClaims({ additionalClaims: { a: 1, b: 1 } }, { additionalClaims: { b: 2 } })).toEqual({
    additionalClaims: { a: 1, b: 2 },
  });
  expect(mergedClaims({}, { additionalClaims: { b: 2 } })).toEqual({ additionalClaims: { b: 2 } });
});

test('Nothing else is changed through them', () => {
  expect({ ...mergedClaims({}, { signer: 'other', tokenLifetimeMs: 1 } as never) }).toEqual({});
});
