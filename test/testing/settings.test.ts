import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from '../../src/testing/settings.js';

test('changes are laid over what was there, and the result is frozen', () => {
  const settings = readSettings(DEFAULT_SETTINGS, { rotationGraceMs: 5 });

  expect(settings).toEqual({ ...DEFAULT_SETTINGS, rotationGraceMs: 5 });
  expect(Object.isFrozen(settings)).toBe(true);
});

test.each([
  [{ accessTokenLifetimeMs: -1 }, 'accessTokenLifetimeMs'],
  [{ rotationGraceMs: '5' }, 'rotationGraceMs'],
  [{ latencyMs: Infinity }, 'latencyMs'],
  [{ rotateRefreshTokens: 'yes' }, 'rotateRefreshTokens'],
  [{ acceptGoogleAudience: 1 }, 'acceptGoogleAudience'],
  [{ certsMaxAgeMs: NaN }, 'certsMaxAgeMs'],
  [null, 'settings'],
  [5, 'settings'],
  [{ latency: 5 }, 'settings'],
])('%j is refused with a TypeError that names %s', (changes, name) => {
  expect(() => readSettings(DEFAULT_SETTINGS, changes as never)).toThrow(new RegExp(`^"${name}" must (?:be|not hold)`));
});
