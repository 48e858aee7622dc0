/** Keeps from gcloud the wish for a token that it would only give once more. Loaded with the first refresh. */
import type { TokenSet } from '../../tokens/token-set.js';
import { clockOf } from '../credentials-options.js';
import { mintByGcloud } from './gcloud-mint.js';
import { gcloudAsk, type GcloudCliCredentialsOptions } from './gcloud-options.js';

/** gcloud itself replaces the token that it keeps when less than this is left of it. */
const GCLOUD_WINDOW_MS = 300_000;

/** Until when, by the wall clock, gcloud would give the token again that it gave last. */
export interface KeptToken {
  until: number;
}

/**
 * A token other than the last one: what gcloud gave last is not wanted once more, because it was refused, or refresh() was called.
 * @throws RefreshError that says what gcloud could not do.
 */
export async function mintAnother(
  options: GcloudCliCredentialsOptions,
  kept: KeptToken,
  signal: AbortSignal,
): Promise<TokenSet> {
  const clock = clockOf(options);
  const tokens = await mintByGcloud(gcloudAsk(options), { clock, signal, anew: clock.now() < kept.until });
  const { expiresAt } = tokens.accessToken;
  const isKnown = expiresAt !== undefined && !tokens.expiryAssumed;
  kept.until = isKnown ? expiresAt - GCLOUD_WINDOW_MS : -Infinity;
  return tokens;
}
