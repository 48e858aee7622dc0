import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { isSignedBy, readJwt } from '../../../src/testing/keys/jwt-reading.js';
import { machineIdToken } from '../../../src/testing/metadata/metadata-identity.js';
import { machineOf } from '../../../src/testing/metadata/metadata-machine.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';

async function claimsFor(query: string): Promise<{ claims: Record<string, unknown>; uniqueId: string; email: string }> {
  const realm = new Realm(manualClock({ now: 0 }), DEFAULT_SETTINGS);
  realm.origin = 'http://issuer.example';
  const machine = machineOf(realm, { projectId: 'a-project', numericProjectId: 42 });
  const { account } = machine.attachments[0]!;
  const jwt = readJwt(await machineIdToken(account, new URLSearchParams(query), machine, realm))!;
  expect(isSignedBy(jwt, realm.keys.published)).toBe(true);
  return { claims: jwt.claims, uniqueId: account.uniqueId, email: account.email };
}

test('the standard format vouches for the account, and tells no address', async () => {
  const { claims, uniqueId } = await claimsFor('audience=https://service.example');

  expect({ ...claims }).toEqual({
    iss: 'http://issuer.example',
    aud: 'https://service.example',
    azp: uniqueId,
    sub: uniqueId,
    iat: 0,
    exp: 3600,
  });
});

test('the full format tells the address and the machine', async () => {
  const { claims, email } = await claimsFor('audience=a&format=full');

  expect(claims).toMatchObject({ email, email_verified: true });
  expect(claims['google']).toMatchObject({ compute_engine: { project_id: 'a-project', project_number: 42 } });
  expect(JSON.stringify(claims)).not.toContain('license_id');
});

test('licences are told in the full format where they are asked for', async () => {
  const full = await claimsFor('audience=a&format=full&licenses=TRUE');
  const standard = await claimsFor('audience=a&licenses=TRUE');

  expect(full.claims['google']).toMatchObject({ compute_engine: { license_id: [expect.any(String)] } });
  expect(standard.claims['google']).toBeUndefined();
});
