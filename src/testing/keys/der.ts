/** The little of DER that a certificate is written in (ITU-T X.690). */

/** A SEQUENCE of encoded values. */
export function sequence(...values: readonly Buffer[]): Buffer {
  return encoded(0x30, Buffer.concat(values));
}

/** A SET of encoded values. */
export function setOf(...values: readonly Buffer[]): Buffer {
  return encoded(0x31, Buffer.concat(values));
}

/** A value under a context tag of its own. */
export function tagged(tag: number, value: Buffer): Buffer {
  return encoded(0xa0 + tag, value);
}

/** A non-negative INTEGER, from its bytes, in as few bytes as it takes. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const significant = first === -1 ? Buffer.of(0) : bytes.subarray(first);
  const looksNegative = significant.readUInt8(0) >= 0x80;
  return encoded(0x02, looksNegative ? Buffer.concat([Buffer.of(0), significant]) : significant);
}

/** A BIT STRING of whole bytes. */
export function bitString(bytes: Buffer): Buffer {
  return encoded(0x03, Buffer.concat([Buffer.of(0), bytes]));
}

/** NULL. */
export function nullValue(): Buffer {
  return encoded(0x05, Buffer.alloc(0));
}

/** An OBJECT IDENTIFIER, from its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encoded(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A UTF8String. */
export function utf8String(text: string): Buffer {
  return encoded(0x0c, Buffer.from(text, 'utf8'));
}

/** A Time: UTCTime until 2049, as RFC 5280 §4.1.2.5 has it, and GeneralizedTime from then on. */
export function time(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const isShort = digits < '2050';
  return encoded(isShort ? 0x17 : 0x18, Buffer.from(isShort ? digits.slice(2) : digits));
}

function encoded(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.of(0x80 + bytes.length), bytes]);
}

/** Seven bits in each byte; all bytes but the last have the eighth set. */
function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left % 128) + 128);
  return bytes;
}
