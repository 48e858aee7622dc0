/** Parses private keys, once: parsing one takes as long as a signature. */
import type { KeyObject, PrivateKeyInput } from 'node:crypto';
import { invalidKey } from './invalid-key.js';
import { derOf, isEncrypted, readPem, type PemBlock } from './pem.js';

type KeyFormat = NonNullable<PrivateKeyInput['type']>;

/** The formats by the labels of their blocks. */
const FORMATS: ReadonlyMap<string, KeyFormat> = new Map([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
]);

type Fault = readonly [reason: string, remedy: string];

const PUBLIC_KEY = ['is a public key', 'Give the private key, which only its owner has.'] as const;
const CERTIFICATE = ['is a certificate', 'Give the private key that belongs to it.'] as const;
const OTHERS: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ['PUBLIC KEY', PUBLIC_KEY],
  ['RSA PUBLIC KEY', PUBLIC_KEY],
  ['CERTIFICATE', CERTIFICATE],
  ['X509 CERTIFICATE', CERTIFICATE],
  ['TRUSTED CERTIFICATE', CERTIFICATE],
  ['CERTIFICATE REQUEST', ['is a certificate request', 'Give the private key that it was made with.']],
  ['OPENSSH PRIVATE KEY', ['is in the format of OpenSSH', 'Convert it: ssh-keygen -p -m PKCS8 -f KEY']],
  ['DSA PRIVATE KEY', ['is a DSA key', 'Give an RSA key, or an EC key on P-256 or P-384.']],
]);
const UNKNOWN = [
  'is PEM of something that is no private key',
  'Give a private key: -----BEGIN PRIVATE KEY-----',
] as const;
const DECRYPT = 'Decrypt it: openssl pkey -in KEY -out DECRYPTED';

/**
 * The first private key of the text: PKCS #8, PKCS #1 or SEC 1.
 * @throws ConfigurationError `invalid_key` that says what is wrong, and quotes nothing.
 */
export function parsePrivateKey(pem: string, where: string): KeyObject {
  const blocks = readPem(pem, where);
  const block = blocks.find(({ label }) => FORMATS.has(label)) ?? blocks.find(isEncrypted);
  if (block === undefined) throw invalidKey(where, ...(OTHERS.get(blocks[0]?.label ?? '') ?? UNKNOWN));
  if (isEncrypted(block)) throw invalidKey(where, 'is encrypted', DECRYPT);
  return keyOf(block, where);
}

function keyOf(block: PemBlock, where: string): KeyObject {
  const key = derOf(block, where);
  const type = FORMATS.get(block.label) ?? 'pkcs8';
  try {
    return process.getBuiltinModule('node:crypto').createPrivateKey({ key, type, format: 'der' });
  } catch (cause) {
    // OpenSSL's reasons are numbers and words of its own; it quotes nothing.
    throw invalidKey(where, 'is damaged, or of a kind that is not known', 'Download or make it anew.', cause);
  }
}
