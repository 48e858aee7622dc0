/** The options that every kind takes. */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { requireHeaderSafe } from '../base/header-value.js';
import { ownOptions } from '../base/option-record.js';
import { checkUniverseDomain } from '../base/url.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';

/** Something that is no error, but that somebody should look at. */
export interface CredentialsWarning {
  /** What it is about. */
  readonly code: 'scopes_not_granted';
  /** One sentence for a person. */
  readonly message: string;
  /** The requested scopes that were not granted. */
  readonly missingScopes: readonly string[];
}

/** The options that every kind takes. */
export interface CredentialsOptions {
  /**
   * How to send token requests: a `Transport`, or a `Gaxios` instance.
   * @default gaxiosTransport()
   */
  readonly transport?: RequestLike | undefined;
  /**
   * Where time is read.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /** The project that is billed and counted: sent as `x-goog-user-project`. */
  readonly quotaProjectId?: string | undefined;
  /**
   * The universe whose APIs the token is for.
   * @default 'googleapis.com'
   */
  readonly universeDomain?: string | undefined;
  /**
   * Whether a token may be sent over plain `http:` to hosts that are not loopback.
   * @default false
   */
  readonly allowInsecure?: boolean | undefined;
  /**
   * Whether calls to the universe's own hosts carry google-auth's `x-goog-api-client` usage header.
   * @default false
   */
  readonly usageHeader?: boolean | undefined;
}

/** The names of {@link CredentialsOptions}, for kinds that add their own. */
export const CREDENTIALS_OPTIONS: readonly (keyof CredentialsOptions)[] = Object.freeze([
  'transport',
  'clock',
  'quotaProjectId',
  'universeDomain',
  'allowInsecure',
  'usageHeader',
] as const);

const BOOLEANS = ['allowInsecure', 'usageHeader'] as const;

/**
 * A frozen copy of the options, checked.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function credentialsOptions<T extends CredentialsOptions>(options: T): Readonly<T> {
  const record = ownOptions<CredentialsOptions>(options, CREDENTIALS_OPTIONS) as Readonly<T>;
  if (record.transport !== undefined) requireRequestLike(record.transport, 'transport');
  if (record.clock !== undefined) requireClock(record.clock, 'clock');
  if (record.quotaProjectId !== undefined) requireHeaderSafe(record.quotaProjectId, 'quotaProjectId');
  if (record.universeDomain !== undefined) checkUniverseDomain(record.universeDomain, 'universeDomain');
  for (const name of BOOLEANS) {
    if (record[name] !== undefined && typeof record[name] !== 'boolean')
      throw new TypeError(`"${name}" must be a boolean`);
  }
  return record;
}

/**
 * The clock of the options, or the machine's own. Kinds read it before the base has checked the options.
 * @throws TypeError where it is none.
 */
export function clockOf({ clock }: CredentialsOptions): Clock {
  if (clock === undefined) return systemClock;
  requireClock(clock, 'clock');
  return clock;
}
