/** Reads claims ({@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 | RFC 7519 §4.1}). Their values are never told: they are the token. */
import { readNumber, readString, readStringArray } from '../base/json-fields.js';
import type { JsonObject } from '../base/json.js';
import { VerificationError } from '../errors.js';

/** @throws VerificationError `claim_invalid` where the claim is missing, empty, or no string. */
export function requireText(claims: JsonObject, name: string): string {
  const value = readString(claims, name) ?? '';
  if (value === '') throw claimInvalid(`The token's "${name}" is missing, or no text.`);
  return value;
}

/** @throws VerificationError `claim_invalid` where the claim is neither a string nor a list of them. */
export function requireTexts(claims: JsonObject, name: string): readonly string[] {
  const values = readStringArray(claims, name) ?? Object.freeze([requireText(claims, name)]);
  if (values.length === 0) throw claimInvalid(`The token's "${name}" is empty.`);
  return values;
}

/** An instant, in milliseconds since the epoch. @throws VerificationError `claim_invalid` where the claim is missing, or no number. */
export function requireInstant(claims: JsonObject, name: string): number {
  const seconds = readNumber(claims, name);
  if (seconds === undefined) throw claimInvalid(`The token's "${name}" is missing, or no number.`);
  return seconds * 1000;
}

/** The error `claim_invalid`. */
export function claimInvalid(message: string): VerificationError {
  return new VerificationError('claim_invalid', message);
}
