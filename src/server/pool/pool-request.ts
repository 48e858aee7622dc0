/** What is asked of a token pool, and the key under which its answer is held: no two questions share one. */
import { liveSignal } from '../../base/live-signal.js';
import { knownOptions } from '../../base/option-record.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import { secretKey } from '../../cache/secret-key.js';
import type { CallOptions } from '../../credentials/call-options.js';
import type { ServiceAccountCredentials } from '../../credentials/service-account/service-account.js';
import type { PoolAccounts } from './pool-accounts.js';

/** Whose token it is. */
export interface PoolTokenOptions {
  /**
   * The service account, by its address.
   * @default the first one of the pool
   */
  readonly account?: string | undefined;
  /**
   * The user to act for, by domain-wide delegation.
   * @default the subject of the account's credentials, or nobody
   */
  readonly subject?: string | undefined;
}

/** Options of calls that may wait for a token. */
export interface PoolCallOptions extends PoolTokenOptions, CallOptions {}

/** A question to a token pool. */
export interface PoolRequest {
  /** Under which its token is held: another one for every other account, subject or set of scopes. */
  readonly key: string;
  /** Credentials for exactly this token, which do not hold it yet. */
  readonly credentials: () => ServiceAccountCredentials;
  /** Ends the wait of whoever asks. */
  readonly signal: AbortSignal | undefined;
}

const OPTIONS = ['account', 'subject', 'signal'] as const;

/**
 * Reads a question.
 * @throws TypeError naming the argument that is of the wrong type.
 * @throws RefreshError `no_token` that names the accounts, where there is none of that name.
 * @throws the signal's reason where it has aborted.
 */
export function poolRequest(accounts: PoolAccounts, scopes: ScopesLike, options: PoolCallOptions): PoolRequest {
  const { account: email, subject: given, signal } = knownOptions(options, OPTIONS, 'options');
  requireText(email, 'account');
  requireText(given, 'subject');
  const wanted = parseScopes(scopes, 'scopes') ?? [];
  if (wanted.length === 0) throw new TypeError('"scopes" must name at least one scope');
  liveSignal({ signal });
  const account = accounts.get(email);
  const subject = given ?? account.subject;
  return {
    // A set of scopes is the same in whatever order, and no subject is ever empty.
    key: secretKey(account.serviceAccountEmail, subject ?? '', ...[...wanted].sort()),
    credentials: () => {
      const scoped = account.withScopes(wanted);
      return subject === account.subject ? scoped : scoped.withSubject(subject);
    },
    signal,
  };
}

function requireText(value: unknown, name: string): void {
  if (value !== undefined && (typeof value !== 'string' || value === ''))
    throw new TypeError(`"${name}" must be a non-empty string`);
}
