/** The header by which Google counts what kinds of credentials its APIs are called with. */
import { appendToHeader } from '../base/append-to-header.js';
import type { HeadersLike } from '../base/headers.js';
import { API_CLIENT_HEADER, usageMetrics } from '../google/metrics.js';
import { isUniverseHost } from '../google/universe-host.js';

/** Adds a kind's name in Google's metrics to a request that goes to the universe's own hosts, and to no others. */
export function addUsage(headers: HeadersLike, url: string, label: string | undefined, universeDomain: string): void {
  if (label !== undefined && isUniverseHost(url, universeDomain))
    appendToHeader(headers, API_CLIENT_HEADER, usageMetrics(label));
}
