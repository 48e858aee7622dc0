/** Guards that turn unknown JSON into types. What they make inherits nothing, so that no key can mean more than its value. */
import { BareRecord } from './bare-record.js';

/** A JSON object: a frozen copy that inherits nothing, holding the own keys of what it was made from. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The object that the text holds, or undefined where it holds anything else. A byte order mark is skipped.
 * Why a text is no JSON is not told: V8's message would quote it, and it may hold secrets.
 */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    return toJsonObject(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text));
  } catch {
    return undefined;
  }
}

/** A copy of the value's own keys, or undefined where it is not an object. What lies deeper is not copied: see {@link readObject}. */
export function toJsonObject(value: unknown): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const record = new BareRecord();
  for (const key of Object.keys(value)) record[key] = (value as JsonObject)[key];
  return Object.freeze(record);
}
