/** The error that says where default credentials were looked for, and why each place was passed over. */
import { ConfigurationError } from '../errors.js';
import type { PassedOver } from './place.js';

const GUIDE = 'https://cloud.google.com/docs/authentication/set-up-adc';

/** The error for a search that found nothing. */
export function nothingFound(passed: readonly PassedOver[]): ConfigurationError {
  const message = [
    'No default credentials were found. Looked at:',
    ...passed.map(lineOf),
    `Run \`gcloud auth application-default login\`, or name a credential file in GOOGLE_APPLICATION_CREDENTIALS (${GUIDE}).`,
  ];
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
