/** The quota project that the environment names. */
import { isHeaderSafe } from '../base/header-value.js';
import { ConfigurationError } from '../errors.js';
import { QUOTA_PROJECT_VARIABLE } from '../google/well-known.js';
import { readEnv } from '../host/env.js';

/**
 * The value of `GOOGLE_CLOUD_QUOTA_PROJECT`; `undefined` where it is unset or empty.
 * @throws ConfigurationError `invalid_field` where it cannot stand in a header.
 */
export function quotaProjectFromEnvironment(): string | undefined {
  const id = readEnv(QUOTA_PROJECT_VARIABLE);
  if (id === undefined || isHeaderSafe(id)) return id;
  throw new ConfigurationError(
    'invalid_field',
    `The environment variable ${QUOTA_PROJECT_VARIABLE} must be the id of a project: visible ASCII, without spaces and line breaks. Correct it, or unset it.`,
  );
}
