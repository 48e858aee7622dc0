/**
 * Reads what callers say of the ID tokens that they believe. A rule that is overlooked would let somebody in, so that unknown options are
 * refused. Verifiers check this as they are made: what only a call needs stands in verification-calls.ts.
 */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { knownOptions } from '../base/option-record.js';
import { checkEndpoint } from '../base/url.js';
import { isSigningAlgorithm } from '../jose/algorithms.js';
import type { SigningAlgorithm } from '../jose/signer.js';
import { MAX_LIFETIME_MS } from '../tokens/capped-expiry.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import type { IdTokenVerifierOptions, TokenKeyOptions } from './id-token-options.js';

/** What ID tokens must be like, and where the keys are: checked, copied and complete. */
export interface IdTokenTerms {
  /** Whom the token must be for; undefined where that does not matter. */
  readonly audience: readonly string[] | undefined;
  readonly issuers: readonly string[];
  readonly certsUrl: string;
  readonly algorithms: readonly SigningAlgorithm[];
  readonly clockSkewMs: number;
  readonly maxLifetimeMs: number;
  readonly hostedDomain: readonly string[] | undefined;
  /** Whether the token must tell since when the user has been signed in, as Firebase's do. */
  readonly tellsSignIn: boolean;
  readonly transport: RequestLike | undefined;
  readonly clock: Clock;
}

const GOOGLE_ISSUERS = ['accounts.google.com', 'https://accounts.google.com'];
const GOOGLE_CERTS_URL = 'https://www.googleapis.com/oauth2/v3/certs';

/** Clocks that are set over the network differ by less, while google-auth's 0 refuses tokens of issuers that are a second ahead. */
const CLOCK_SKEW_MS = 30_000;
/** Whoever needs more has a clock to repair. */
const MAX_CLOCK_SKEW_MS = 600_000;
/** As google-auth-library has it. Google's own tokens live for an hour. */
const LIFETIME_MS = 86_400_000;

/** The names of the options that name keys and times. */
export const KEY_OPTIONS = ['certsUrl', 'clockSkewMs', 'maxLifetimeMs', 'transport', 'clock'] as const;
/** The names of the options of a verifier. */
export const RULES: readonly (keyof IdTokenVerifierOptions)[] = [
  ...KEY_OPTIONS,
  'audience',
  'anyAudience',
  'issuers',
  'algorithms',
  'hostedDomain',
];

/** @throws TypeError naming the option that is missing, unknown or of the wrong type; ConfigurationError `endpoint_refused`. */
export function verifierTerms(options: IdTokenVerifierOptions): IdTokenTerms {
  return ruleTerms(knownOptions(options, RULES, 'options'));
}

/** The same for options whose names are known. */
export function ruleTerms(own: IdTokenVerifierOptions): IdTokenTerms {
  const { issuers = GOOGLE_ISSUERS, algorithms = ['RS256'], hostedDomain } = own;
  return Object.freeze({
    ...keyTerms(own, GOOGLE_CERTS_URL),
    audience: audienceOf(own),
    issuers: listOf(issuers, 'issuers', isText, 'a list of non-empty strings'),
    algorithms: listOf(algorithms, 'algorithms', isSigningAlgorithm, 'a list of RS256, ES256 or ES384'),
    hostedDomain: hostedDomain === undefined ? undefined : textsOf(hostedDomain, 'hostedDomain'),
    tellsSignIn: false,
  });
}

/** What of the terms every kind of ID token has in common. */
export function keyTerms(
  own: TokenKeyOptions,
  defaultUrl: string,
): Pick<IdTokenTerms, 'certsUrl' | 'clockSkewMs' | 'maxLifetimeMs' | 'transport' | 'clock'> {
  const { certsUrl = defaultUrl, clockSkewMs = CLOCK_SKEW_MS, maxLifetimeMs = LIFETIME_MS, transport } = own;
  const { clock = systemClock } = own;
  requireNumber(clockSkewMs, 'clockSkewMs', 0, MAX_CLOCK_SKEW_MS);
  requireNumber(maxLifetimeMs, 'maxLifetimeMs', 1, MAX_LIFETIME_MS);
  if (transport !== undefined) requireRequestLike(transport, 'transport');
  requireClock(clock, 'clock');
  if (typeof certsUrl !== 'string') throw new TypeError('"certsUrl" must be a string');
  return { certsUrl: checkEndpoint(certsUrl, '"certsUrl"'), clockSkewMs, maxLifetimeMs, transport, clock };
}

function audienceOf({ audience, anyAudience = false }: IdTokenVerifierOptions): readonly string[] | undefined {
  if (typeof anyAudience !== 'boolean') throw new TypeError('"anyAudience" must be a boolean');
  if (audience !== undefined && anyAudience)
    throw new TypeError('"audience" must be left out where "anyAudience" is true');
  if (audience !== undefined) return textsOf(audience, 'audience');
  if (anyAudience) return undefined;
  throw new TypeError('"audience" must be your own client id or URL; without it, tokens for any app would be believed');
}

/** One text or a list of them, as a list. */
function textsOf(value: unknown, argument: string): readonly string[] {
  return listOf(Array.isArray(value) ? value : [value], argument, isText, 'a non-empty string, or a list of them');
}

/** A copy of a list that is not empty, and whose elements all fit. */
function listOf<T>(value: unknown, argument: string, fits: (each: unknown) => each is T, what: string): readonly T[] {
  const copy: readonly unknown[] = Array.isArray(value) ? Array.from(value, (each: unknown) => each) : [];
  if (copy.length > 0 && copy.every(fits)) return Object.freeze(copy);
  throw new TypeError(`"${argument}" must be ${what}`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function requireNumber(value: number, argument: string, least: number, most: number): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  throw new TypeError(`"${argument}" must be a number from ${least} to ${most}`);
}
