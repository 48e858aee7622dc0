/** Reads a credential file as JSON, whatever type it is of. */
import { parseJsonObject, type JsonObject } from '../base/json.js';
import { ConfigurationError } from '../errors.js';
import { readSmallFile } from '../host/files.js';

/**
 * The JSON object in the file at this path.
 * @throws ConfigurationError that says what keeps it from being read, or `invalid_json`.
 */
export async function readInfoFile(path: string): Promise<JsonObject> {
  const record = parseJsonObject(await readSmallFile(path));
  if (record !== undefined) return record;
  throw new ConfigurationError(
    'invalid_json',
    `The file ${path} is not a JSON object. Was it cut short, or is it another file? It was left as it is.`,
  );
}
