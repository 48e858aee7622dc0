/** With what default credentials are searched for: the caller's own options, checked once. */
import { liveSignal } from '../base/live-signal.js';
import { ownOptions } from '../base/option-record.js';
import type { CallOptions } from '../credentials/call-options.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import { loadOptions } from './credentials-from.js';
import type { LoadOptions } from './loaders.js';
import type { Search } from './place.js';

/** Options of {@link defaultCredentials}. */
export interface DefaultCredentialsOptions extends LoadOptions, CallOptions {
  /**
   * How to ask the metadata server, while looking.
   * @default the `transport` option
   */
  readonly request?: RequestLike | undefined;
}

/** A search, and the scopes for what it finds: some kinds must not be given any. */
export type SearchWithScopes = Search & Pick<LoadOptions, 'scopes' | 'defaultScopes'>;

/**
 * The search that these options ask for.
 * @throws TypeError for an option of the wrong type, and the signal's reason where it has aborted.
 */
export function searchOptions(options: DefaultCredentialsOptions): SearchWithScopes {
  const { scopes, defaultScopes, ...load } = loadOptions(options);
  const { request, signal } = ownOptions<DefaultCredentialsOptions>(options, ['request', 'signal']);
  if (request !== undefined) requireRequestLike(request, 'request');
  liveSignal({ signal });
  return { load, scopes, defaultScopes, request, signal };
}
