import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { issueIdToken } from '../../../src/testing/keys/id-token.js';
import { isSignedBy, readJwt } from '../../../src/testing/keys/jwt-reading.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';

function aRealm(): Realm {
  const realm = new Realm(manualClock({ now: 5_999 }), DEFAULT_SETTINGS);
  realm.origin = 'http://issuer.example';
  return realm;
}

test('an ID token says who asked for it, for whom, and about whom, and lives for an hour', async () => {
  const realm = aRealm();

  const token = await issueIdToken(realm, {
    audience: 'a',
    subject: 's',
    authorizedParty: 'p',
    email: 'me@example.com',
    claims: { more: true },
  });

  const jwt = readJwt(token)!;
  expect(isSignedBy(jwt, realm.keys.published)).toBe(true);
  expect({ ...jwt.header }).toEqual({ alg: 'RS256', kid: realm.keys.published[0]?.keyId, typ: 'JWT' });
  expect({ ...jwt.claims }).toEqual({
    iss: 'http://issuer.example',
    aud: 'a',
    sub: 's',
    azp: 'p',
    email: 'me@example.com',
    email_verified: true,
    iat: 5,
    exp: 3605,
    more: true,
  });
});

test('an ID token without an address vouches for none', async () => {
  const token = await issueIdToken(aRealm(), { audience: 'a', subject: 's', authorizedParty: 'p' });

  expect(Object.keys(readJwt(token)!.claims).filter((name) => name.startsWith('email'))).toEqual([]);
});
