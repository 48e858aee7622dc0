/** Bytes as they stand in Google's JSON ({@link https://protobuf.dev/programming-guides/json/ | ProtoJSON}). */
import { fromBase64url } from '../../base/base64url.js';

const EITHER_ALPHABET = /^(?:[A-Za-z\d+/]*|[\w-]*)(?<padding>={0,2})$/;

/** The bytes of a text in base64, standard or URL-safe, with padding or without; undefined where it is neither. */
export function fromAnyBase64(text: string): Uint8Array | undefined {
  const padding = EITHER_ALPHABET.exec(text)?.groups?.['padding'];
  if (padding === undefined || (padding !== '' && text.length % 4 !== 0)) return undefined;
  const bare = text.slice(0, text.length - padding.length);
  return fromBase64url(bare.replaceAll('+', '-').replaceAll('/', '_'));
}
