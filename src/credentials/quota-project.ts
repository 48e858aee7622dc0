/** Projects that the environment names. */
import { isHeaderSafe } from '../base/header-value.js';
import { ConfigurationError } from '../errors.js';
import { readEnv } from '../host/env.js';

/**
 * The id of a project in this variable; `undefined` where it is unset or empty.
 * @throws ConfigurationError `invalid_field` where it cannot stand in a header.
 */
export function projectFromEnvironment(variable: string): string | undefined {
  const id = readEnv(variable);
  if (id === undefined || isHeaderSafe(id)) return id;
  throw new ConfigurationError(
    'invalid_field',
    `The environment variable ${variable} must be the id of a project: visible ASCII, without spaces and line breaks. Correct it, or unset it.`,
  );
}
