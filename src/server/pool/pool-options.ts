/** The options of a token pool: read once, checked. */
import { requireClock } from '../../base/clock-check.js';
import { systemClock, type Clock } from '../../base/clock.js';
import { knownOptions } from '../../base/option-record.js';
import { requireRequestLike } from '../../transport/request-check.js';
import type { RequestLike } from '../../transport/transport.js';
import type { Dispatcher } from '../queues/dispatcher.js';
import { serverPlan, type ServerPlan } from '../server-plan.js';
import { defaultRegistry, TokenRegistry } from '../token-registry.js';
import { PoolAccounts, type PoolAccount } from './pool-accounts.js';

/** Options of `TokenPool`. */
export interface TokenPoolOptions {
  /**
   * The service account, or several: what their key files hold, credentials, or the JSON text of a key file or of a list of them.
   * The first one is asked where a call names no `account`.
   */
  readonly serviceAccount: PoolAccount | readonly PoolAccount[] | string;
  /**
   * How many tokens are held and kept fresh; the one that was used least recently makes room.
   * @default 10_000
   */
  readonly maxTokens?: number | undefined;
  /**
   * How long before its end a token is refreshed, in milliseconds; at most a third of its life, and up to half of it where a third is less than 10 s.
   * @default 10_000
   */
  readonly refreshBeforeMs?: number | undefined;
  /**
   * How to send token requests: a `Transport`, or a `Gaxios` instance.
   * @default what the credentials use
   */
  readonly transport?: RequestLike | undefined;
  /**
   * Where time is read. Credentials of your own should have the same one.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /**
   * With whose token servers the pool shares its timer and its retry budgets.
   * @default defaultRegistry
   */
  readonly registry?: TokenRegistry | undefined;
}

/** What the options come to. */
export interface PoolParts {
  /** Whose tokens there are. */
  readonly accounts: PoolAccounts;
  /** How many are held. */
  readonly maxTokens: number;
  /** How long before its end each is refreshed, in milliseconds. */
  readonly refreshBeforeMs: number;
  /** How each is kept. */
  readonly plan: ServerPlan;
  /** The timer and the gates. */
  readonly dispatcher: Dispatcher;
  /** How to send token requests. */
  readonly request: RequestLike | undefined;
}

const OPTIONS = ['serviceAccount', 'maxTokens', 'refreshBeforeMs', 'transport', 'clock', 'registry'] as const;
const MAX_TOKENS = 10_000;
const REFRESH_BEFORE_MS = 10_000;

/**
 * Reads the options.
 * @throws TypeError naming the option that is of the wrong type.
 * @throws ConfigurationError that says which field of a key file is wrong.
 */
export function poolParts(options: TokenPoolOptions): PoolParts {
  const own = knownOptions(options, OPTIONS, 'options');
  const { maxTokens = MAX_TOKENS, refreshBeforeMs = REFRESH_BEFORE_MS, transport, clock = systemClock } = own;
  const { registry = defaultRegistry } = own;
  if (!Number.isSafeInteger(maxTokens) || maxTokens < 1)
    throw new TypeError('"maxTokens" must be a positive whole number');
  if (transport !== undefined) requireRequestLike(transport, 'transport');
  requireClock(clock, 'clock');
  if (!(registry instanceof TokenRegistry)) throw new TypeError('"registry" must be a TokenRegistry');
  return Object.freeze({
    accounts: new PoolAccounts(own.serviceAccount, clock),
    maxTokens,
    refreshBeforeMs,
    plan: punctual(serverPlan({ refreshBeforeMs })),
    dispatcher: registry.dispatcherFor(clock),
    request: transport,
  });
}

/** The lead is short, so that nothing of it is given to jitter. */
function punctual({ policy, retryDelay }: ServerPlan): ServerPlan {
  return Object.freeze({ policy: Object.freeze({ ...policy, jitterShare: 0 }), retryDelay });
}
