/** The options that every kind takes. */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { requireHeaderSafe } from '../base/header-value.js';
import { isOptionRecord, judgedOptions, type Rules } from '../base/option-record.js';
import { ofType, optional } from '../base/option-rules.js';
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

/** What every kind judges its options by, besides its own rules. */
export function credentialsRules(): Rules<CredentialsOptions> {
  return {
    transport: optional(requireRequestLike),
    clock: optional(requireClock),
    quotaProjectId: optional(requireHeaderSafe),
    universeDomain: optional(checkUniverseDomain),
    allowInsecure: optional(ofType('boolean')),
    usageHeader: optional(ofType('boolean')),
  };
}

/** The names of {@link CredentialsOptions}, for kinds that add their own. */
export const CREDENTIALS_OPTIONS: readonly (keyof CredentialsOptions)[] = [
  'transport',
  'clock',
  'quotaProjectId',
  'universeDomain',
  'allowInsecure',
  'usageHeader',
];

/**
 * A frozen copy of the options, checked. The record of a kind is given back as it is: the kind and its base share it.
 * @throws TypeError naming the option that is of the wrong type.
 */
export function credentialsOptions(options: CredentialsOptions): Readonly<CredentialsOptions> {
  // A kind of this library has judged its own options, these among them.
  return isOptionRecord(options) ? options : judgedOptions(options, credentialsRules());
}

/**
 * The clock of the options, or the machine's own. Kinds read it before the base has checked the options.
 * @throws TypeError where it is none.
 */
export function clockOf({ clock }: CredentialsOptions): Clock {
  return clock === undefined ? systemClock : requireClock(clock, 'clock');
}
