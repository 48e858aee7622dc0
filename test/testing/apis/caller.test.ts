import { describe, expect, test } from 'vitest';
import { issueAccountKey } from '../../../src/testing/accounts/service-account-key.js';
import type { ServiceAccount } from '../../../src/testing/accounts/service-accounts.js';
import { callerOf } from '../../../src/testing/apis/caller.js';
import type { ManualClock } from '../../../src/testing/clock/manual-clock.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { issueIdToken } from '../../../src/testing/keys/id-token.js';
import { signJwt } from '../../../src/testing/keys/signing-key.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';

const ORIGIN = 'http://127.0.0.1:8080';
const EMAIL = 'robot@example.com';

interface Stage {
  readonly clock: ManualClock;
  readonly realm: Realm;
  readonly account: ServiceAccount;
  /** A self-signed JWT; `undefined` takes a claim away. */
  readonly selfSigned: (claims?: object) => string;
}

async function aStage(): Promise<Stage> {
  const clock = manualClock({ now: 0 });
  const realm = new Realm(clock, DEFAULT_SETTINGS);
  realm.origin = ORIGIN;
  const account = realm.serviceAccounts.add({ email: EMAIL, projectId: 'p' });
  const key = await issueAccountKey('ES256', true);
  account.addKey(key);
  const claims = { iss: EMAIL, sub: EMAIL, aud: `${ORIGIN}/`, iat: 0, exp: 3600 };
  return { clock, realm, account, selfSigned: (changes) => signJwt(key, { ...claims, ...changes }) };
}

test('an access token speaks for its holder, within its scopes', async () => {
  const { realm, account } = await aStage();
  const { value } = realm.issueAccessToken(account.holder(), ['read']);

  expect(callerOf(value, '/api', realm)).toEqual({ credential: 'access_token', email: EMAIL, scopes: ['read'] });
});

describe('a self-signed JWT', () => {
  test.each([
    ['the origin', `${ORIGIN}/`],
    ['the origin without a slash', ORIGIN],
    ['the URL', `${ORIGIN}/api/things`],
    ['a part of the URL', `${ORIGIN}/api/`],
  ])('that is addressed to %s speaks for the account, and is good for everything', async (_, aud) => {
    const { realm, selfSigned } = await aStage();

    expect(callerOf(selfSigned({ aud }), '/api/things', realm)).toEqual({
      credential: 'self_signed_jwt',
      email: EMAIL,
      scopes: undefined,
    });
  });

  test('that names scopes need not be addressed to anybody', async () => {
    const { realm, selfSigned } = await aStage();

    const caller = callerOf(selfSigned({ aud: undefined, scope: 'read write' }), '/api', realm);

    expect(caller).toMatchObject({ credential: 'self_signed_jwt', scopes: ['read', 'write'] });
  });

  test.each([
    ['is addressed to somebody else', { aud: 'https://example.com/' }],
    ['is addressed to another path', { aud: `${ORIGIN}/other` }],
    ['is addressed to a path that only begins alike', { aud: `${ORIGIN}/ap` }],
    ['is addressed to a port that only begins alike', { aud: 'http://127.0.0.1:80' }],
    ['is addressed to a scheme', { aud: 'http:/' }],
    ['is addressed to a list', { aud: [`${ORIGIN}/`] }],
    ['is addressed to nobody and names no scope', { aud: undefined }],
    ['is about somebody else', { sub: 'user@example.com' }],
    ['is about nobody', { sub: undefined }],
    ['is by somebody else', { iss: 'nobody@example.com' }],
    ['lives for more than an hour', { exp: 3601 }],
    ['has no end', { exp: undefined }],
  ])('that %s is not good', async (_, changes) => {
    const { realm, selfSigned } = await aStage();

    expect(callerOf(selfSigned(changes), '/api', realm)).toBeUndefined();
  });

  test('ends by the emulator’s clock, within the skew that is put up with', async () => {
    const { clock, realm, selfSigned } = await aStage();
    const token = selfSigned();
    await clock.advance(3_600_000 + 299_999);
    const before = callerOf(token, '/api', realm);

    await clock.advance(1);

    expect([before?.email, callerOf(token, '/api', realm)]).toEqual([EMAIL, undefined]);
  });

  test('of a deleted key or a disabled account is not good', async () => {
    const { realm, account, selfSigned } = await aStage();
    const token = selfSigned();

    account.disabled = true;
    const disabled = callerOf(token, '/api', realm);
    account.disabled = false;
    const enabled = callerOf(token, '/api', realm);
    account.deleteKey(account.keys[0]!.keyId);

    expect([disabled, enabled?.email, callerOf(token, '/api', realm)]).toEqual([undefined, EMAIL, undefined]);
  });

  test('may be addressed to one of Google’s APIs where the settings say so', async () => {
    const { realm, selfSigned } = await aStage();
    const token = selfSigned({ aud: 'https://pubsub.googleapis.com/' });
    const before = callerOf(token, '/api', realm);

    realm.settings = { ...DEFAULT_SETTINGS, acceptGoogleAudience: true };

    expect(before).toBeUndefined();
    expect(callerOf(token, '/api', realm)?.email).toBe(EMAIL);
    expect(callerOf(selfSigned({ aud: 'https://evil.example/.googleapis.com/' }), '/api', realm)).toBeUndefined();
  });
});

describe('an ID token', () => {
  const terms = { subject: 'sub-1', authorizedParty: EMAIL };

  test('that is addressed to the API speaks for its account, and has no scopes', async () => {
    const { realm } = await aStage();
    const token = await issueIdToken(realm, { ...terms, audience: ORIGIN, email: EMAIL });

    expect(callerOf(token, '/api', realm)).toEqual({ credential: 'id_token', email: EMAIL, scopes: [] });
  });

  test('without an address speaks for its subject', async () => {
    const { realm } = await aStage();

    expect(callerOf(await issueIdToken(realm, { ...terms, audience: ORIGIN }), '/api', realm)?.email).toBe('sub-1');
  });

  test('that is addressed elsewhere, has ended, or is signed by a retired key is not good', async () => {
    const { clock, realm } = await aStage();
    const elsewhere = await issueIdToken(realm, { ...terms, audience: 'client-1' });
    const good = await issueIdToken(realm, { ...terms, audience: ORIGIN });

    const before = callerOf(good, '/api', realm);
    await clock.advance(3_600_000);
    const ended = callerOf(good, '/api', realm);
    const fresh = await issueIdToken(realm, { ...terms, audience: ORIGIN });
    await realm.keys.rotate(false);

    expect(before?.credential).toBe('id_token');
    expect([callerOf(elsewhere, '/api', realm), ended, callerOf(fresh, '/api', realm)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('anything else is nobody’s', async () => {
  const { realm } = await aStage();

  expect(callerOf('token', '/api', realm)).toBeUndefined();
  expect(callerOf('e30.e30.', '/api', realm)).toBeUndefined();
});
