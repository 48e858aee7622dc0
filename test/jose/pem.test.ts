import { describe, expect, test } from 'vitest';
import { derOf, isEncrypted, readPem } from '../../src/jose/pem.js';
import { P256, pemOf } from '../fixtures/keys.js';

const PEM = pemOf(P256);
const WHERE = '"private_key" of key.json';

function derIn(pem: string): Buffer {
  const [block] = readPem(pem, WHERE);
  return derOf(block, WHERE);
}

describe('Line ends and what surrounds a key', () => {
  test.each([
    ['line feeds', PEM],
    ['Windows line ends', PEM.replaceAll('\n', '\r\n')],
    ['carriage returns', PEM.replaceAll('\n', '\r')],
    ['literal \\n', PEM.replaceAll('\n', '\\n')],
    ['literal \\r\\n', PEM.replaceAll('\n', '\\r\\n')],
    ['literal \\n escaped twice', PEM.replaceAll('\n', '\\\\n')],
    ['literal \\n before each line end', PEM.replaceAll('\n', '\\n\n')],
    ['spaces for line ends', PEM.replaceAll('\n', ' ')],
    ['no line ends', PEM.replaceAll('\n', '')],
    ['a byte order mark', `\uFEFF${PEM}`],
    ['white space at the ends of lines', PEM.replaceAll('\n', ' \t\n')],
    ['indented lines', PEM.replaceAll('\n', '\n    ')],
    ['no line end at the end', PEM.trimEnd()],
    ['quotation marks around it', `"${PEM.trimEnd().replaceAll('\n', '\\n')}"`],
    ['text around it', `Key of the build\n${PEM}The end.\n`],
  ])('F66 A key is read with %s', (_, text) => {
    expect(derIn(text)).toEqual(P256.privateKey.export({ type: 'pkcs8', format: 'der' }));
  });

  test('Blocks are given in their order', () => {
    const blocks = readPem(`-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n${PEM}`, WHERE);

    expect(blocks.map(({ label }) => label)).toEqual(['EC PARAMETERS', 'PRIVATE KEY']);
  });
});

describe('Broken texts', () => {
  const lines = PEM.trimEnd().split('\n');

  test.each([
    ['is empty', ''],
    ['is empty', ' \n\uFEFF'],
    ['is a JSON text and not PEM', '{"type":"service_account"}'],
    ['is not PEM: it has no BEGIN line', 'MIIEvQIBADANBgkq'],
    ['is not PEM: it has no BEGIN line', lines.slice(1).join('\n')],
    ['is cut short: its END line is missing', lines.slice(0, -1).join('\n')],
    ['is cut short: its END line is missing', '-----BEGIN '],
    ['is cut short: its END line is missing', '-----BEGIN PRIVATE KEY-----'],
    ['is cut short: its END line is missing', PEM.replace('END PRIVATE', 'END RSA PRIVATE')],
    ['is cut short', [lines[0], lines[1], lines.at(-1)].join('\n')],
    ['is cut short', '-----BEGIN PRIVATE KEY-----MIIE-----END PRIVATE KEY-----'],
    ['is cut short', '-----BEGIN PRIVATE KEY-----MIIEvQIB-----END PRIVATE KEY-----'],
    ['is damaged', PEM.replace(lines[1]!, `${lines[1]!}AAAA`)],
    ['is damaged', '-----BEGIN PRIVATE KEY-----AAAAAAAA-----END PRIVATE KEY-----'],
    ['is damaged', '-----BEGIN PRIVATE KEY-----MIAAAAAA-----END PRIVATE KEY-----'],
    ['is damaged', '-----BEGIN PRIVATE KEY-----MIQAAAAAAAA-----END PRIVATE KEY-----'],
    ['has nothing between its BEGIN and END lines', '-----BEGIN PRIVATE KEY----- \n -----END PRIVATE KEY-----'],
    ['holds characters that are not base64', PEM.replace(lines[1]!.slice(5, 20), '***')],
    ['holds characters that are not base64', '-----BEGIN PRIVATE KEY-----[redacted]-----END PRIVATE KEY-----'],
    ['is longer than any key', PEM + ' '.repeat(65_536)],
  ])('F66 What is wrong is told: %s', (reason, text) => {
    expect(() => derIn(text)).toThrow(`${WHERE} ${reason}`);
    expect(() => derIn(text)).toThrow(expect.objectContaining({ code: 'invalid_key' }));
  });
});

test.each([
  ['PKCS #8', { label: 'ENCRYPTED PRIVATE KEY', body: 'MIIE' }, true],
  ['OpenSSL', { label: 'RSA PRIVATE KEY', body: '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIE' }, true],
  ['nobody', { label: 'PRIVATE KEY', body: 'MIIE' }, false],
])('A block tells whether it is encrypted: by %s', (_, block, expected) => {
  expect(isEncrypted(block)).toBe(expected);
});

test('F66 Rows of backslashes take no longer than other texts: 64 KiB of them are read twenty times', () => {
  const text = '\\'.repeat(65_535);

  for (let time = 0; time < 20; time += 1) {
    expect(() => readPem(text, WHERE)).toThrow(`${WHERE} is not PEM`);
  }
});
