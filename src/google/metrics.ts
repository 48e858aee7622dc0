/** The `x-goog-api-client` header by which Google counts what kinds of credentials are in use. */
import { VERSION } from './version.js';

/** The header's name. */
export const API_CLIENT_HEADER = 'x-goog-api-client';

/** What is asked for: an access token, an ID token, or whether there is a metadata server at all. */
export type MetricsRequest = 'at' | 'it' | 'mds';

/** The value for a token request: `gl-node/… auth/… auth-request-type/… cred-type/…`. */
export function tokenRequestMetrics(credentialType: string, requestType?: MetricsRequest): string {
  const request = requestType === undefined ? '' : `${requestMetrics(requestType)} `;
  return `${library()} ${request}${usageMetrics(credentialType)}`;
}

/** The value for the ping of the metadata server: `gl-node/… auth/… auth-request-type/mds`. */
export function pingMetrics(): string {
  return `${library()} ${requestMetrics('mds')}`;
}

/** The value that is appended on calls to Google's APIs. */
export function usageMetrics(credentialType: string): string {
  return `cred-type/${credentialType}`;
}

function library(): string {
  return `gl-node/${process.versions.node} auth/${VERSION}`;
}

function requestMetrics(requestType: MetricsRequest): string {
  return `auth-request-type/${requestType}`;
}
