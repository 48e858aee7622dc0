/** Reads the members of JSON objects by their types. What is of another type counts as missing. */
import { toJsonObject, type JsonObject } from './json.js';

/** The string under this key, or undefined where it is missing or no string. */
export function readString(record: JsonObject, key: string): string | undefined {
  const value = ownValue(record, key);
  return typeof value === 'string' ? value : undefined;
}

/** The boolean under this key, or undefined where it is missing or no boolean. */
export function readBoolean(record: JsonObject, key: string): boolean | undefined {
  const value = ownValue(record, key);
  return typeof value === 'boolean' ? value : undefined;
}

/** The finite number under this key, or undefined where it is missing or no such number. */
export function readNumber(record: JsonObject, key: string): number | undefined {
  const value = ownValue(record, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The list of strings under this key, frozen, or undefined where it is missing or holds anything else. */
export function readStringArray(record: JsonObject, key: string): readonly string[] | undefined {
  const value = ownValue(record, key);
  return isStringArray(value) ? Object.freeze([...value]) : undefined;
}

/** The object under this key, or undefined where it is missing or no object. */
export function readObject(record: JsonObject, key: string): JsonObject | undefined {
  return toJsonObject(ownValue(record, key));
}

function ownValue(record: JsonObject, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
