/** A JWT taken apart ({@link https://www.rfc-editor.org/rfc/rfc7519 | RFC 7519}); nothing of it is verified. */
import { fromBase64url } from '../base/base64url.js';
import { nameClasses } from '../base/class-name.js';
import { MAX_HEADER_VALUE_LENGTH } from '../base/header-value.js';
import { parseJsonObject, type JsonObject } from '../base/json.js';
import { inspectAs } from '../base/redacted.js';
import { VerificationError } from '../errors.js';

/** The parts of a JWT. What it prints are header and payload: without its signature it is of no use to a thief. */
export class DecodedJwt {
  /** The header, as the token has it: nothing of it is verified. */
  readonly header: JsonObject;
  /** The claims, as the token has them: nothing of them is verified. */
  readonly payload: JsonObject;
  readonly #token: string;
  readonly #signature: Uint8Array;

  /** @throws VerificationError `token_malformed` where it is no JWT. */
  constructor(token: string) {
    const [header = '', payload = '', signature = ''] = partsOf(token);
    this.header = objectIn(header, 'header');
    this.payload = objectIn(payload, 'payload');
    this.#signature = bytesIn(signature, 'signature');
    this.#token = token;
    Object.freeze(this);
  }

  /** The signature; empty where there is none. This reveals part of the secret. */
  get signature(): Uint8Array {
    return Uint8Array.from(this.#signature);
  }

  /** What the signature is made over: header and payload as they were sent. */
  get signingInput(): string {
    return this.#token.slice(0, this.#token.lastIndexOf('.'));
  }

  /** The token as it was sent. This reveals the secret. */
  get token(): string {
    return this.#token;
  }

  static {
    nameClasses({ DecodedJwt: this });
    inspectAs(this, (jwt) => `DecodedJwt ${JSON.stringify(jwt)}`);
  }
}

function partsOf(token: unknown): readonly string[] {
  if (typeof token !== 'string') throw malformed('it is no text');
  if (token.length > MAX_HEADER_VALUE_LENGTH) throw malformed('it is longer than 64 KiB');
  const parts = token.split('.');
  if (parts.length === 5) throw malformed('it is encrypted, and none but its recipient can read it');
  if (parts.length !== 3) throw malformed('it does not have three parts with dots between them');
  return parts;
}

function objectIn(part: string, name: string): JsonObject {
  const record = parseJsonObject(textOf(bytesIn(part, name)) ?? '');
  if (record === undefined) throw malformed(`its ${name} is no JSON object`);
  return record;
}

function bytesIn(part: string, name: string): Uint8Array {
  const bytes = fromBase64url(part);
  if (bytes === undefined) throw malformed(`its ${name} is not base64url`);
  return bytes;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function malformed(reason: string): VerificationError {
  return new VerificationError('token_malformed', `What was presented is no JWT: ${reason}.`);
}
