/** The error that says where default credentials were looked for, and why each place was passed over. */
import { ConfigurationError } from '../errors.js';
import type { PassedOver } from './place.js';

/**
 * The error for a search that found nothing.
 * @param what What was looked for. Never begin with "Could not load the default credentials": some Google clients know these words
 * for leave to send the request without any.
 * @param remedy What to do.
 */
export function nothingFound(what: string, passed: readonly PassedOver[], remedy: string): ConfigurationError {
  const message = [`No ${what} were found. Looked at:`, ...passed.map(lineOf), remedy];
  return new ConfigurationError('no_credentials', message.join('\n'), {
    retryable: passed.some(({ retryable }) => retryable === true),
  });
}

/** The error of a place that is set up wrongly, with what was passed over before it. */
export function faultyPlace(error: unknown, passed: readonly PassedOver[]): unknown {
  if (!(error instanceof ConfigurationError) || passed.length === 0) return error;
  const message = [error.message, 'Passed over before it:', ...passed.map(lineOf)].join('\n');
  return new ConfigurationError(error.code, message, { cause: error, retryable: error.retryable });
}

function lineOf({ place, reason }: PassedOver): string {
  return `  - ${place}: ${reason}`;
}
