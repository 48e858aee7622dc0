/** What calls to Google's APIs say in the `x-goog-api-client` header. */

/** The header's name. */
export const API_CLIENT_HEADER = 'x-goog-api-client';

/** The value that is appended on calls to Google's APIs. */
export function usageMetrics(credentialType: string): string {
  return `cred-type/${credentialType}`;
}
