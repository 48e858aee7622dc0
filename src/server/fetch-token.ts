/** One token, past every cache. */
import { requireClock } from '../base/clock-check.js';
import { liveSignal } from '../base/live-signal.js';
import { knownOptions } from '../base/option-record.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { AccessToken } from '../tokens/access-token.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { TokenServerOptions } from './server-options.js';
import { sourceOf } from './sources/source-credentials.js';
import type { TokenSource } from './sources/token-source.js';

/** Options of {@link fetchToken}. */
export interface FetchTokenOptions extends CallOptions, Pick<TokenServerOptions, 'scopes' | 'request' | 'clock'> {}

/**
 * Asks a source for a token, whatever is held anywhere (Goth's `Token.fetch`).
 * @param source As for a token server; left out, application default credentials.
 * @throws RefreshError where no token could be obtained.
 * @throws ConfigurationError where credentials cannot be made of the source.
 */
export async function fetchToken(source?: TokenSource, options: FetchTokenOptions = {}): Promise<AccessToken> {
  const own = knownOptions(options, ['scopes', 'request', 'clock', 'signal'], 'options');
  liveSignal(own);
  if (own.request !== undefined) requireRequestLike(own.request, 'request');
  if (own.clock !== undefined) requireClock(own.clock, 'clock');
  const { credentials, find, request } = sourceOf({ ...own, source });
  return await (credentials ?? (await find())).refresh(request, own);
}
