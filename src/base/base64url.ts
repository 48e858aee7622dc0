/** Base64url without padding ({@link https://www.rfc-editor.org/rfc/rfc7515#section-2 | RFC 7515 §2}), read strictly. */

/** The bytes, or the text's UTF-8, in base64url. */
export function toBase64url(data: string | Uint8Array): string {
  const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.length);
  return bytes.toString('base64url');
}

/** The bytes that the text stands for, or undefined where it is not the one spelling of any. */
export function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // Node's decoder skips what it does not know, and so lets one value have many spellings.
  return bytes.toString('base64url') === text ? bytes : undefined;
}
