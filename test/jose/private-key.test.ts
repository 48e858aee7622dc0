import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePrivateKey } from '../../src/jose/private-key.js';
import {
  certificateOf,
  certificateRequestOf,
  damagedPemOf,
  everythingShown,
  openssl,
  P256,
  P384,
  pemOf,
  piecesOf,
  publicPemOf,
  RSA,
} from '../fixtures/keys.js';

const WHERE = '"private_key" of key.json';

function faultOf(pem: string): unknown {
  try {
    return parsePrivateKey(pem, WHERE);
  } catch (error) {
    return error;
  }
}

describe('Forms of keys', () => {
  test.each([
    ['PKCS #8', pemOf(RSA), RSA],
    ['PKCS #1', pemOf(RSA, 'pkcs1'), RSA],
    ['PKCS #8 of an EC key', pemOf(P384), P384],
    ['SEC 1', pemOf(P256, 'sec1'), P256],
    ['a key after its certificate', certificateOf(P256) + pemOf(P256), P256],
  ])('F66 A key is parsed from %s', (_, pem, { privateKey }) => {
    expect(parsePrivateKey(pem, WHERE).equals(privateKey)).toBe(true);
  });

  test('F66 A key is parsed from what openssl prints, with the parameters of the curve before it', () => {
    const pem = openssl('ecparam -name prime256v1 -genkey');

    const key = parsePrivateKey(pem, WHERE);

    expect(pem).toContain('BEGIN EC PARAMETERS');
    expect(key).toMatchObject({ type: 'private', asymmetricKeyType: 'ec' });
  });
});

describe('What is no key that can be used', () => {
  test.each([
    ['is encrypted', openssl('pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret', pemOf(RSA))],
    ['is encrypted', openssl('rsa -traditional -aes128 -passout pass:secret', pemOf(RSA))],
    ['is encrypted', openssl('ec -aes128 -passout pass:secret', pemOf(P256))],
    ['is a public key', publicPemOf(RSA)],
    ['is a public key', publicPemOf(RSA, 'pkcs1')],
    ['is a certificate', certificateOf(P256)],
    ['is a certificate request', certificateRequestOf(P256)],
    ['is a DSA key', '-----BEGIN DSA PRIVATE KEY-----\nMIIB\n-----END DSA PRIVATE KEY-----'],
    ['is in the format of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----'],
    ['is PEM of something that is no private key', '-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----'],
    ['is cut short', pemOf(RSA).slice(0, 900)],
    ['is cut short', pemOf(RSA).split('\n').toSpliced(9, 2).join('\n')],
    ['is damaged', damagedPemOf(RSA)],
  ])('F66 The message says what it is, and quotes nothing: it %s', (reason, pem) => {
    const error = faultOf(pem);

    expect(error).toMatchObject({ code: 'invalid_key', message: expect.stringContaining(`${WHERE} ${reason}`) });
    const shown = everythingShown(error);
    expect(piecesOf(pem).filter((piece) => shown.includes(piece))).toEqual([]);
  });

  test('An encrypted key comes with the command that decrypts it', () => {
    const pem = openssl('pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret', pemOf(P256));

    expect(faultOf(pem)).toMatchObject({ message: expect.stringContaining('openssl pkey -in KEY -out DECRYPTED') });
  });
});

test('F66 F78 Whatever is done to a key, the error is of its kind and quotes nothing', () => {
  const pem = pemOf(RSA);
  const edit = fc.record({ at: fc.nat(pem.length), cut: fc.nat(200), put: fc.string({ maxLength: 20 }) });

  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const broken = edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), pem);
      const result = faultOf(broken);
      if (!(result instanceof Error)) return;
      const shown = everythingShown(result);
      expect(result).toMatchObject({ name: 'ConfigurationError', code: 'invalid_key' });
      expect(piecesOf(pem).filter((piece) => shown.includes(piece))).toEqual([]);
    }),
  );
});
