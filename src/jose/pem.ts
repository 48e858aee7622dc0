/**
 * Takes PEM apart ({@link https://www.rfc-editor.org/rfc/rfc7468 | RFC 7468}), however environment variables, JSON and editors
 * have treated its line ends, and says precisely what is broken.
 */
import { invalidKey } from './invalid-key.js';

/** One block: what stands between a BEGIN and its END line. */
export interface PemBlock {
  /** What the BEGIN line says it is: `PRIVATE KEY`. */
  readonly label: string;
  /** Its base64, with whatever white space stands in it. */
  readonly body: string;
}

/** A key of 16,384 bits takes 13,000 characters, a chain of certificates some more. */
const MAX_LENGTH = 64 * 1024;
const BEGIN = '-----BEGIN ';
const DASHES = '-----';
/** A line end that was escaped, once or more, and never unescaped. Sought from the first backslash of a row alone, so that a long row is walked once. */
const ESCAPED_LINE_END = /(?<!\\)\\+[nr]/g;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const WHITE_SPACE = /[\s\uFEFF]+/g;
const SEQUENCE = 0x30;

const WHOLE = 'Give it from -----BEGIN to the last dash, as it was downloaded.';

/**
 * The blocks of the text, in their order; at least one.
 * @param where - What names the text, for messages: `"private_key" of key.json`.
 * @throws ConfigurationError `invalid_key` that says what is wrong, and quotes nothing.
 */
export function readPem(text: string, where: string): readonly [PemBlock, ...PemBlock[]] {
  if (text.length > MAX_LENGTH) throw invalidKey(where, 'is longer than any key', WHOLE);
  const lines = text.replace(ESCAPED_LINE_END, '\n');
  const blocks: PemBlock[] = [];
  for (let at = lines.indexOf(BEGIN); at !== -1;) {
    const labelEnd = lines.indexOf(DASHES, at + BEGIN.length);
    const label = lines.slice(at + BEGIN.length, labelEnd);
    const end = lines.indexOf(`-----END ${label}-----`, labelEnd);
    if (labelEnd === -1 || end === -1) throw invalidKey(where, 'is cut short: its END line is missing', WHOLE);
    blocks.push({ label, body: lines.slice(labelEnd + DASHES.length, end) });
    at = lines.indexOf(BEGIN, end);
  }
  const [first, ...others] = blocks;
  if (first === undefined) throw noPem(lines.trim(), where);
  return [first, ...others];
}

/** Whether the block is encrypted: PKCS #8 says so in its label, OpenSSL's old format in a header of its own. */
export function isEncrypted({ label, body }: PemBlock): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type:');
}

/**
 * The bytes of a block, which are one whole ASN.1 structure.
 * @throws ConfigurationError `invalid_key` where they are not.
 */
export function derOf({ body }: PemBlock, where: string): Buffer {
  const base64 = body.replace(WHITE_SPACE, '');
  if (base64 === '') throw invalidKey(where, 'has nothing between its BEGIN and END lines', WHOLE);
  if (!BASE64.test(base64))
    throw invalidKey(where, 'holds characters that are not base64', `Was it edited or masked? ${WHOLE}`);
  const der = Buffer.from(base64, 'base64');
  const missing = structureLength(der) - der.length;
  if (missing !== 0) throw invalidKey(where, missing > 0 ? 'is cut short' : 'is damaged', WHOLE);
  return der;
}

function noPem(text: string, where: string): Error {
  if (text === '') return invalidKey(where, 'is empty', WHOLE);
  if (text.startsWith('{'))
    return invalidKey(where, 'is a JSON text and not PEM', 'Give the value of its field "private_key" alone.');
  return invalidKey(where, 'is not PEM: it has no BEGIN line', WHOLE);
}

/** How long the ASN.1 structure is that begins here, by its own header (X.690 §8.1.3); 0 where none begins. */
function structureLength(der: Buffer): number {
  const [tag, first = 0] = der;
  if (tag !== SEQUENCE) return 0;
  if (first < 0x80) return 2 + first;
  const bytes = first - 0x80;
  // No key needs more than 16 bits of length, and node:buffer reads no more than 48.
  if (bytes === 0 || bytes > 3) return 0;
  return der.length < 2 + bytes ? Infinity : 2 + bytes + der.readUIntBE(2, bytes);
}
