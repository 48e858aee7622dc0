/** What can be read of a token server at any time. */
import type { RefreshError } from '../errors.js';
import type { TokenState } from '../tokens/token-state.js';

/** The state of a token server: a value that does not change. */
export interface TokenServerState {
  /** What is held: `fresh`, `stale` (usable, close to its end) or `invalid`. */
  readonly tokenState: TokenState;
  /** Whether an attempt is under way. */
  readonly refreshing: boolean;
  /** Why the last attempt failed; `undefined` after one that did not. */
  readonly lastError: RefreshError | undefined;
  /** Failures in a row since the retries began. */
  readonly retries: number;
  /** When the next attempt is due, in milliseconds since the epoch; `undefined` while one is under way, and where none is. */
  readonly nextRefreshAt: number | undefined;
}
