import { expect, test } from 'vitest';
import { manualClock } from '../../src/testing/clock/manual-clock.js';
import { Realm } from '../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../src/testing/settings.js';

test('an access token lives as long as the settings say when it is issued, or as long as is asked', () => {
  const realm = new Realm(manualClock({ now: 1_000 }), DEFAULT_SETTINGS);
  const grant = realm.grants.add(['read']);

  const before = realm.issueAccessToken(grant, ['read']);
  realm.settings = { ...DEFAULT_SETTINGS, accessTokenLifetimeMs: 5 };
  const after = realm.issueAccessToken(grant, ['read']);
  const asked = realm.issueAccessToken(grant, ['read'], 70);

  expect([before.expiresAt, after.expiresAt, asked.expiresAt]).toEqual([3_601_000, 1_005, 1_070]);
});

test('every realm has an API key of its own', () => {
  const keys = [1, 2].map(() => new Realm(manualClock(), DEFAULT_SETTINGS).apiKey);

  expect(keys[0]).toMatch(/^AIza[\w-]{35}$/);
  expect(keys[0]).not.toBe(keys[1]);
});

test('its addresses follow from where the server listens', () => {
  const realm = new Realm(manualClock(), DEFAULT_SETTINGS);
  realm.origin = 'http://127.0.0.1:1';

  expect(realm).toMatchObject({
    tokenUri: 'http://127.0.0.1:1/token',
    certsUri: 'http://127.0.0.1:1/oauth2/v1/certs',
  });
});
