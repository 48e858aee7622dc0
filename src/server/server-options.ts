/** The options of a token server, by Goth's names: read once, checked, and kept as a plan. */
import { requireClock } from '../base/clock-check.js';
import type { Clock } from '../base/clock.js';
import { knownOptions } from '../base/option-record.js';
import type { ScopesLike } from '../base/scopes.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import type { BackoffType } from './keeping/backoff-type.js';
import type { TokenSource } from './sources/token-source.js';
import type { TokenRegistry } from './token-registry.js';

/** Options of `TokenServer.start()`. */
export interface TokenServerOptions {
  /** The name by which the token is fetched; no other running server of the registry has it. */
  readonly name: string;
  /**
   * Where tokens come from.
   * @default application default credentials, looked for at the first refresh
   */
  readonly source?: TokenSource | undefined;
  /**
   * The scopes to ask for where `source` is left out, or is `{ serviceAccount }`, `{ refreshToken }` or `{ metadata }`. Credentials and
   * functions have their own: beside them, as beside ID tokens, this is refused.
   * @default cloud-platform for application default credentials and service accounts
   */
  readonly scopes?: ScopesLike | undefined;
  /**
   * How long before its end a token is refreshed, in milliseconds; at most a third of its life, and up to half of it where a third is less than 10 s, and less by a jitter of up to a quarter.
   * @default 300_000
   */
  readonly refreshBeforeMs?: number | undefined;
  /** How long after it came a token is refreshed at the latest, in milliseconds; not together with `refreshBeforeMs`. */
  readonly refreshAfterMs?: number | undefined;
  /**
   * `sync`: `start()` waits for the first attempt, which may fail; `async`: it does not wait.
   * @default 'async'
   */
  readonly prefetch?: 'async' | 'sync' | undefined;
  /**
   * After so many failures in a row the server reports `exhausted`, and begins again.
   * @default 20
   */
  readonly maxRetries?: number | undefined;
  /**
   * The shortest delay between retries, in milliseconds.
   * @default 1_000, or `backoffMaxMs` where that is shorter
   */
  readonly backoffMinMs?: number | undefined;
  /**
   * The longest delay between retries, in milliseconds.
   * @default 30_000, or `backoffMinMs` where that is longer
   */
  readonly backoffMaxMs?: number | undefined;
  /**
   * How delays grow.
   * @default 'rand_exp'
   */
  readonly backoffType?: BackoffType | undefined;
  /**
   * The delay before a retry, in milliseconds, instead of the backoff; kept between 50 ms and 6 h. Where it gives anything else, a
   * promise included, the backoff stands.
   * @param retry Which retry: 1 for the first.
   */
  readonly retryDelay?: ((retry: number) => number) | undefined;
  /** How to send token requests: a `Transport`, or a `Gaxios` instance. */
  readonly request?: RequestLike | undefined;
  /**
   * Where time is read. Credentials of your own should have the same one.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /**
   * Where the name is registered.
   * @default defaultRegistry
   */
  readonly registry?: TokenRegistry | undefined;
}

const OPTIONS = [
  ...(['name', 'source', 'scopes', 'refreshBeforeMs', 'refreshAfterMs', 'prefetch', 'maxRetries'] as const),
  ...(['backoffMinMs', 'backoffMaxMs', 'backoffType', 'retryDelay', 'request', 'clock', 'registry'] as const),
] as const;

/**
 * The options that the caller's object itself holds, checked.
 * @throws TypeError naming the option, and what it must be.
 */
export function serverOptions(options: TokenServerOptions): Readonly<TokenServerOptions> {
  const own = knownOptions(options, OPTIONS, 'options');
  if (typeof own.name !== 'string' || own.name === '') throw new TypeError('"name" must be a non-empty string');
  if (own.prefetch !== undefined && own.prefetch !== 'async' && own.prefetch !== 'sync')
    throw new TypeError('"prefetch" must be "async" or "sync"');
  if (own.request !== undefined) requireRequestLike(own.request, 'request');
  if (own.clock !== undefined) requireClock(own.clock, 'clock');
  return own;
}
