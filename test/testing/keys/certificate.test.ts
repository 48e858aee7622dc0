import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { certificateOf } from '../../../src/testing/keys/certificate.js';
import { makeSigningKey } from '../../../src/testing/keys/signing-key.js';

test.each(['RS256', 'ES256'] as const)(
  'a certificate around a key for %s is whole, and signed by that key',
  async (algorithm) => {
    const key = await makeSigningKey(algorithm);
    const now = Date.UTC(2026, 5, 15);

    const pem = certificateOf(key, 'me@example.com', now);

    const certificate = new X509Certificate(pem);
    expect(certificate.verify(key.publicKey)).toBe(true);
    expect(certificate.publicKey.equals(key.publicKey)).toBe(true);
    expect([certificate.subject, certificate.issuer]).toEqual(['CN=me@example.com', 'CN=me@example.com']);
    expect(Date.parse(certificate.validFrom)).toBe(Date.UTC(2026, 5, 14));
    expect(Date.parse(certificate.validTo)).toBe(Date.UTC(2026, 5, 29));
  },
);

test('openssl reads it too', async () => {
  const pem = certificateOf(await makeSigningKey('RS256'), 'me', 0);

  const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: pem, encoding: 'utf8' });

  expect(text).toMatch(/Version: 3[^]*sha256WithRSAEncryption[^]*CN ?= ?me[^]*2048 bit/);
});
