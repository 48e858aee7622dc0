import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { machineOf } from '../../../src/testing/metadata/metadata-machine.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';

function aRealm(): Realm {
  return new Realm(manualClock(), DEFAULT_SETTINGS);
}

test('a machine of which nothing is said has a project, a universe and one service account', () => {
  const realm = aRealm();

  const { attachments, ...machine } = machineOf(realm, {});

  expect(machine).toEqual({
    projectId: 'emulated-project',
    numericProjectId: 123_456_789_012,
    universeDomain: 'googleapis.com',
    tokenRenewalMs: 240_000,
  });
  expect(attachments.map(({ account, scopes }) => [account.email, scopes])).toEqual([
    ['vm-1@emulated-project.iam.gserviceaccount.com', ['https://www.googleapis.com/auth/cloud-platform']],
  ]);
});

test('an account of the emulator is attached, and every other is registered', () => {
  const realm = aRealm();
  const known = realm.serviceAccounts.add({ email: 'known@example.com', projectId: 'p' });

  const { attachments } = machineOf(realm, {
    serviceAccounts: [{ email: 'known@example.com' }, { email: 'new@example.com' }],
  });

  expect(attachments[0]?.account).toBe(known);
  expect(realm.serviceAccounts.find('new@example.com')).toBe(attachments[1]?.account);
});

test('a machine that is refused registers no account', () => {
  const realm = aRealm();

  expect(() => machineOf(realm, { serviceAccounts: [{}, { email: '' }] })).toThrow(
    new TypeError('"serviceAccounts[1].email" must be a non-empty string'),
  );
  expect(realm.serviceAccounts.size).toBe(0);
});
