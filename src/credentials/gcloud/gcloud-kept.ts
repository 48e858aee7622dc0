/** Keeps from gcloud the wish for a token that it would only give once more. Loaded with the first refresh. */
import type { TokenCell } from '../../tokens/token-cell.js';
import type { TokenSet } from '../../tokens/token-set.js';
import { clockOf } from '../credentials-options.js';
import { mintByGcloud } from './gcloud-mint.js';
import type { GcloudCliCredentialsOptions } from './gcloud-options.js';

/** gcloud itself replaces the token that it keeps when less than this is left of it. */
const GCLOUD_WINDOW_MS = 300_000;

/** Until when, by the wall clock, gcloud would give the token again that it gave last: all who share the cell got that one. */
const KEPT_UNTIL = new WeakMap<TokenCell, number>();

/**
 * A token other than the last one: what gcloud gave last is not wanted once more, because it was refused, or refresh() was called.
 * @throws RefreshError that says what gcloud could not do.
 */
export async function mintAnother(
  options: GcloudCliCredentialsOptions,
  cell: TokenCell,
  signal: AbortSignal,
): Promise<TokenSet> {
  const clock = clockOf(options);
  const anew = clock.now() < (KEPT_UNTIL.get(cell) ?? -Infinity);
  const tokens = await mintByGcloud(options, { clock, signal, anew });
  const { expiresAt } = tokens.accessToken;
  const isKnown = expiresAt !== undefined && !tokens.expiryAssumed;
  KEPT_UNTIL.set(cell, isKnown ? expiresAt - GCLOUD_WINDOW_MS : -Infinity);
  return tokens;
}
