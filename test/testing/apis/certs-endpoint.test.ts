import { X509Certificate, createPublicKey } from 'node:crypto';
import { OAuth2Client } from 'google-auth-library';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import type { Emulator } from '../../../src/testing/emulator.js';
import { isSignedBy, readJwt } from '../../../src/testing/keys/jwt-reading.js';
import { anEmulator, ask } from '../emulator-client.js';

/** A verifier of google-auth-library that takes the keys from the emulator. */
function googleVerifier({ certsUri, jwksUri }: Emulator): OAuth2Client {
  return new OAuth2Client({
    endpoints: { oauth2FederatedSignonPemCertsUrl: certsUri, oauth2FederatedSignonJwkCertsUrl: jwksUri },
  });
}

test('the JWK set holds the public key of ID tokens, and nothing private', async () => {
  const emulator = await anEmulator();
  const jwt = readJwt(await emulator.idToken({ audience: 'a' }))!;

  const { json } = await ask(emulator.jwksUri);

  const [jwk] = json['keys'] as Record<string, string>[];
  expect(Object.keys(jwk!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  expect(jwk).toMatchObject({ alg: 'RS256', kid: jwt.header['kid'], kty: 'RSA', use: 'sig' });
  const publicKey = createPublicKey({ key: jwk!, format: 'jwk' });
  expect(isSignedBy(jwt, [{ algorithm: 'RS256', keyId: jwk!['kid']!, publicKey, privateKey: publicKey }])).toBe(true);
});

test('the certificates are of the same keys', async () => {
  const emulator = await anEmulator();

  const { json: jwks } = await ask(emulator.jwksUri);
  const { json: certificates } = await ask(emulator.certsUri);

  const [jwk] = jwks['keys'] as Record<string, string>[];
  expect(Object.keys(certificates)).toEqual([jwk?.['kid']]);
  const { publicKey } = new X509Certificate(String(certificates[jwk!['kid']!]));
  expect(publicKey.export({ format: 'jwk' })).toMatchObject({ n: jwk?.['n'], e: jwk?.['e'] });
});

test('answers say for how long they may be cached', async () => {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  const before = await ask(emulator.jwksUri);

  emulator.configure({ certsMaxAgeMs: 1_999 });
  const after = await ask(emulator.certsUri);

  expect(before.headers.get('cache-control')).toBe('public, max-age=3600, must-revalidate, no-transform');
  expect(after.headers.get('cache-control')).toContain('max-age=1,');
  expect(Date.parse(after.headers.get('expires')!)).toBe(clock.now() + 1_000);
});

test('after a rotation both keys are published, or the new one alone', async () => {
  const emulator = await anEmulator();
  const kidsNow = async (): Promise<unknown[]> => {
    const { json } = await ask(emulator.jwksUri);
    return (json['keys'] as { kid: string }[]).map(({ kid }) => kid);
  };
  const [first] = await kidsNow();

  const second = await emulator.rotateKeys();
  const afterFirst = await kidsNow();
  const third = await emulator.rotateKeys({ keepOld: false });

  expect(afterFirst).toEqual([second, first]);
  expect(await kidsNow()).toEqual([third]);
});

test('the keys of a service account stand under its address', async () => {
  const emulator = await anEmulator();
  const { info } = await emulator.serviceAccount();
  const publicKey = createPublicKey(info.private_key);

  const { json: certificates } = await ask(info.client_x509_cert_url);
  const { json: jwks } = await ask(info.client_x509_cert_url.replace('x509', 'jwk'));

  expect(new X509Certificate(String(certificates[info.private_key_id])).publicKey.equals(publicKey)).toBe(true);
  expect(jwks['keys']).toMatchObject([{ ...publicKey.export({ format: 'jwk' }), kid: info.private_key_id }]);
});

test('an account that nobody knows has no keys, and Firebase’s are those of ID tokens', async () => {
  const emulator = await anEmulator();
  const accounts = `${emulator.url}/robot/v1/metadata/x509`;

  const unknown = await ask(`${accounts}/nobody@example.com`);
  const firebase = await ask(`${accounts}/securetoken@system.gserviceaccount.com`);

  expect(unknown.status).toBe(404);
  expect(Object.keys(firebase.json)).toEqual(Object.keys((await ask(emulator.certsUri)).json));
});

test('requests are counted, and fail where they are made to', async () => {
  const emulator = await anEmulator();
  emulator.faults.next('certs', { status: 503 });

  const statuses = [(await ask(emulator.jwksUri)).status, (await ask(emulator.certsUri)).status];

  expect(statuses).toEqual([503, 200]);
  expect(emulator.requests.certs).toBe(2);
});

describe('google-auth-library', () => {
  test('verifies ID tokens by the keys of the emulator', async () => {
    const emulator = await anEmulator();
    const idToken = await emulator.idToken({ audience: 'client-1' });

    const ticket = await googleVerifier(emulator).verifyIdToken({ idToken, audience: 'client-1' });

    expect(ticket.getPayload()).toMatchObject({ aud: 'client-1', email_verified: true });
  });

  test('verifies the ID token that a service account gets, by the certificates', async () => {
    const emulator = await anEmulator();
    const { json } = await ask(emulator.certsUri);
    const server = await emulator.metadata();
    const identity = `http://${server.host}/computeMetadata/v1/instance/service-accounts/default/identity`;
    const { text } = await ask(`${identity}?audience=client-1&format=full`, {
      headers: { 'metadata-flavor': 'Google' },
    });

    const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
      text,
      json as Record<string, string>,
      'client-1',
      [emulator.url],
    );

    expect(ticket.getPayload()).toMatchObject({ email: server.accounts[0]?.email });
  });

  test.each(['expired', 'signature', 'foreign-key', 'alg-none', 'alg-hs256'] as const)(
    'refuses a token with the defect %s',
    async (defect) => {
      const emulator = await anEmulator();
      const idToken = await emulator.idToken({ audience: 'client-1', defect });

      const verified = googleVerifier(emulator).verifyIdToken({ idToken, audience: 'client-1' });

      await expect(verified).rejects.toThrow(/^(Invalid token signature|Token used too late)/);
    },
  );
});
