/** The `x-goog-api-client` header by which Google counts what kinds of credentials are in use. */
import { VERSION } from './version.js';

/** The header's name. */
export const API_CLIENT_HEADER = 'x-goog-api-client';

/** The value for a token request: `gl-node/… auth/… cred-type/…`. */
export function tokenRequestMetrics(credentialType: string): string {
  return `gl-node/${process.versions.node} auth/${VERSION} ${usageMetrics(credentialType)}`;
}

/** The value that is appended on calls to Google's APIs. */
export function usageMetrics(credentialType: string): string {
  return `cred-type/${credentialType}`;
}
