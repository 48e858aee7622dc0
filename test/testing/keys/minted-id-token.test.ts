import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import type { IdTokenOptions } from '../../../src/testing/keys/id-token-options.js';
import type { ReadJwt } from '../../../src/testing/keys/jwt-reading.js';
import { isSignedBy, readJwt } from '../../../src/testing/keys/jwt-reading.js';
import { mintIdToken } from '../../../src/testing/keys/minted-id-token.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';

interface Minted extends ReadJwt {
  readonly realm: Realm;
  readonly isGood: boolean;
}

async function minted(options: Partial<IdTokenOptions> = {}): Promise<Minted> {
  const realm = new Realm(manualClock({ now: 10_000_000 }), DEFAULT_SETTINGS);
  const jwt = readJwt(await mintIdToken(realm, { audience: 'client-1', ...options }))!;
  return { ...jwt, realm, isGood: isSignedBy(jwt, realm.keys.published) };
}

test('a token in Google’s style is Google’s, for an hour from now by the emulator’s clock', async () => {
  const { claims, header, isGood, realm } = await minted();

  expect(isGood).toBe(true);
  expect({ ...header }).toEqual({ alg: 'RS256', kid: realm.keys.published[0]?.keyId, typ: 'JWT' });
  expect({ ...claims }).toEqual({
    iss: 'https://accounts.google.com',
    aud: 'client-1',
    azp: 'client-1',
    sub: expect.stringMatching(/^1\d{20}$/),
    email: 'someone@example.com',
    email_verified: true,
    iat: 10_000,
    exp: 13_600,
  });
});

test('a token in Firebase’s style is of a user of the project', async () => {
  const { claims, isGood } = await minted({ style: 'firebase', audience: 'project-1' });

  expect(isGood).toBe(true);
  expect(claims).toMatchObject({
    iss: 'https://securetoken.google.com/project-1',
    aud: 'project-1',
    auth_time: 10_000,
    user_id: claims['sub'],
    firebase: { sign_in_provider: 'password' },
  });
});

test('the issuer, the times, the id of the key and any claim can be chosen', async () => {
  const { claims, header } = await minted({
    issuer: 'https://issuer.example',
    issuedAt: 5_000,
    lifetimeMs: 60_000,
    kid: 'other',
    claims: { hd: 'example.com', email: undefined },
  });

  expect(claims).toMatchObject({ iss: 'https://issuer.example', iat: 5, exp: 65, hd: 'example.com' });
  expect(Object.keys(claims)).not.toContain('email');
  expect(header['kid']).toBe('other');
});

test('a life of less than a second ends a second after its beginning', async () => {
  const { claims } = await minted({ issuedAt: 5_000, lifetimeMs: 500 });

  expect(claims).toMatchObject({ iat: 5, exp: 6 });
});

test('the id of the key can be left out', async () => {
  const { header, isGood } = await minted({ kid: null });

  expect({ ...header }).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(isGood).toBe(true);
});

describe('a defect', () => {
  test('expired: the token ended an hour ago, and is well signed', async () => {
    const { claims, isGood } = await minted({ defect: 'expired' });

    expect(claims).toMatchObject({ iat: 2_800, exp: 6_400 });
    expect(isGood).toBe(true);
  });

  test('signature: the signature is as long as a good one, and is not good', async () => {
    const { signature, isGood } = await minted({ defect: 'signature' });

    expect([signature.length, isGood]).toEqual([256, false]);
  });

  test('foreign-key: the header names a key that has not signed', async () => {
    const { header, realm, isGood } = await minted({ defect: 'foreign-key' });

    expect(header).toMatchObject({ alg: 'RS256', kid: realm.keys.published[0]?.keyId });
    expect(isGood).toBe(false);
  });

  test('alg-none: there is no signature', async () => {
    const { header, signature } = await minted({ defect: 'alg-none' });

    expect([header['alg'], signature.length]).toEqual(['none', 0]);
  });

  test('alg-hs256: the public key is the secret', async () => {
    const { header, input, signature, realm } = await minted({ defect: 'alg-hs256' });

    const secret = realm.keys.published[0]!.publicKey.export({ type: 'spki', format: 'pem' });
    expect(header['alg']).toBe('HS256');
    expect(signature).toEqual(createHmac('sha256', secret).update(input).digest());
  });
});

test.each([
  [{ style: 'other' }, 'style'],
  [{ defect: 'other' }, 'defect'],
  [{ lifetimeMs: '1' }, 'lifetimeMs'],
  [{ issuedAt: NaN }, 'issuedAt'],
])('%j is refused with a TypeError that names %s', async (options, name) => {
  await expect(minted(options as never)).rejects.toThrow(new RegExp(`^"${name}" must be`));
});
