/** Parses private keys, once: parsing one takes as long as a signature. */
import type { KeyObject, PrivateKeyInput } from 'node:crypto';
import { invalidKey } from './invalid-key.js';
import { derOf, isEncrypted, readPem } from './pem.js';

/** The formats by the labels of their blocks. */
const FORMATS = new Map<string, NonNullable<PrivateKeyInput['type']>>([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
]);

type Diagnosis = readonly [reason: string, remedy: string, ...labels: string[]];

/** What blocks with other labels are, and what to do. */
const OTHERS: readonly Diagnosis[] = [
  ['is a public key', 'Give the private key, which only its owner has.', 'PUBLIC KEY', 'RSA PUBLIC KEY'],
  [
    'is a certificate',
    'Give the private key that belongs to it.',
    ...['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'],
  ],
  ['is a certificate request', 'Give the private key that it was made with.', 'CERTIFICATE REQUEST'],
  ['is in the format of OpenSSH', 'Convert it: ssh-keygen -p -m PKCS8 -f KEY', 'OPENSSH PRIVATE KEY'],
  ['is a DSA key', 'Give an RSA key, or an EC key on P-256 or P-384.', 'DSA PRIVATE KEY'],
];
const UNKNOWN: Diagnosis = [
  'is PEM of something that is no private key',
  'Give a private key: -----BEGIN PRIVATE KEY-----',
];
const DECRYPT = 'Decrypt it: openssl pkey -in KEY -out DECRYPTED';

/**
 * The first private key of the text: PKCS #8, PKCS #1 or SEC 1.
 * @throws ConfigurationError `invalid_key` that says what is wrong, and quotes nothing.
 */
export function parsePrivateKey(pem: string, where: string): KeyObject {
  const blocks = readPem(pem, where);
  const block = blocks.find(({ label }) => FORMATS.has(label)) ?? blocks.find(isEncrypted) ?? blocks[0];
  if (isEncrypted(block)) throw invalidKey(where, 'is encrypted', DECRYPT);
  const type = FORMATS.get(block.label);
  if (type === undefined) throw noPrivateKey(block.label, where);
  const key = derOf(block, where);
  try {
    return process.getBuiltinModule('node:crypto').createPrivateKey({ key, type, format: 'der' });
  } catch (cause) {
    // OpenSSL's reasons are numbers and words of its own; it quotes nothing.
    throw invalidKey(where, 'is damaged, or of a kind that is not known', 'Download or make it anew.', cause);
  }
}

function noPrivateKey(label: string, where: string): Error {
  const [reason, remedy] = OTHERS.find(([, , ...labels]) => labels.includes(label)) ?? UNKNOWN;
  return invalidKey(where, reason, remedy);
}
