/** Reads what callers say of the ID tokens that they believe. A rule that is overlooked would let somebody in, so that unknown options are refused. */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { knownOptions } from '../base/option-record.js';
import { checkEndpoint } from '../base/url.js';
import { isSigningAlgorithm } from '../jose/algorithms.js';
import type { SigningAlgorithm } from '../jose/signer.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import type {
  IdTokenVerifierOptions,
  TokenKeyOptions,
  VerifyFirebaseTokenOptions,
  VerifyIdTokenOptions,
} from './id-token-options.js';

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

const GOOGLE_ISSUERS = Object.freeze(['accounts.google.com', 'https://accounts.google.com']);
const GOOGLE_CERTS_URL = 'https://www.googleapis.com/oauth2/v3/certs';
const FIREBASE_ISSUER = 'https://securetoken.google.com/';
const FIREBASE_CERTS_URL = 'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com';

/** Clocks that are set over the network differ by less, while google-auth's 0 refuses tokens of issuers that are a second ahead. */
const CLOCK_SKEW_MS = 30_000;
/** Whoever needs more has a clock to repair. */
const MAX_CLOCK_SKEW_MS = 600_000;
/** As google-auth-library has it. Google's own tokens live for an hour. */
const MAX_LIFETIME_MS = 86_400_000;

const KEY_OPTIONS = ['certsUrl', 'clockSkewMs', 'maxLifetimeMs', 'transport', 'clock'] as const;
const RULES = [...KEY_OPTIONS, 'audience', 'anyAudience', 'issuers', 'algorithms', 'hostedDomain'] as const;

/** @throws TypeError naming the option that is missing, unknown or of the wrong type; ConfigurationError `endpoint_refused`. */
export function verifierTerms(options: IdTokenVerifierOptions): IdTokenTerms {
  return termsOf(knownOptions(options, RULES, 'options'));
}

/** The same for options that may hold those of one call. */
export function callTerms(options: VerifyIdTokenOptions): IdTokenTerms {
  return termsOf(knownOptions(options, [...RULES, 'signal'], 'options'));
}

/** The same for tokens of Firebase Authentication. */
export function firebaseTerms(options: VerifyFirebaseTokenOptions): IdTokenTerms {
  const own = knownOptions(options, [...KEY_OPTIONS, 'projectId', 'signal'], 'options');
  const [projectId = ''] = strings(own.projectId, 'projectId', false);
  return Object.freeze({
    ...keyTerms(own, FIREBASE_CERTS_URL),
    audience: Object.freeze([projectId]),
    issuers: Object.freeze([FIREBASE_ISSUER + projectId]),
    algorithms: Object.freeze(['RS256'] as const),
    hostedDomain: undefined,
    tellsSignIn: true,
  });
}

function termsOf(own: IdTokenVerifierOptions): IdTokenTerms {
  const { issuers, algorithms, hostedDomain } = own;
  return Object.freeze({
    ...keyTerms(own, GOOGLE_CERTS_URL),
    audience: audienceOf(own),
    issuers: issuers === undefined ? GOOGLE_ISSUERS : list(issuers, 'issuers'),
    algorithms: algorithmsOf(algorithms ?? ['RS256']),
    hostedDomain: hostedDomain === undefined ? undefined : strings(hostedDomain, 'hostedDomain'),
    tellsSignIn: false,
  });
}

type KeyTerms = Pick<IdTokenTerms, 'certsUrl' | 'clockSkewMs' | 'maxLifetimeMs' | 'transport' | 'clock'>;

function keyTerms(own: TokenKeyOptions, defaultUrl: string): KeyTerms {
  const { clockSkewMs = CLOCK_SKEW_MS, maxLifetimeMs = MAX_LIFETIME_MS, transport, clock = systemClock } = own;
  if (!(Number.isFinite(clockSkewMs) && clockSkewMs >= 0 && clockSkewMs <= MAX_CLOCK_SKEW_MS))
    throw new TypeError(`"clockSkewMs" must be a number from 0 to ${MAX_CLOCK_SKEW_MS}`);
  if (!(Number.isFinite(maxLifetimeMs) && maxLifetimeMs > 0))
    throw new TypeError('"maxLifetimeMs" must be a positive number');
  if (transport !== undefined) requireRequestLike(transport, 'transport');
  requireClock(clock, 'clock');
  const certsUrl = checkEndpoint(own.certsUrl ?? defaultUrl, '"certsUrl"');
  return { certsUrl, clockSkewMs, maxLifetimeMs, transport, clock };
}

function audienceOf({ audience, anyAudience = false }: IdTokenVerifierOptions): readonly string[] | undefined {
  if (typeof anyAudience !== 'boolean') throw new TypeError('"anyAudience" must be a boolean');
  if (!anyAudience && audience === undefined)
    throw new TypeError(
      '"audience" must be your own client id or URL; without it, tokens for any app would be believed',
    );
  if (anyAudience && audience !== undefined)
    throw new TypeError('"audience" must be left out where "anyAudience" is true');
  return anyAudience ? undefined : strings(audience, 'audience');
}

function algorithmsOf(value: readonly SigningAlgorithm[]): readonly SigningAlgorithm[] {
  const algorithms = list(value, 'algorithms').filter(isSigningAlgorithm);
  if (algorithms.length !== value.length) throw new TypeError('"algorithms" must hold RS256, ES256 or ES384');
  return Object.freeze(algorithms);
}

function list(value: unknown, argument: string): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError(`"${argument}" must be an array of strings`);
  return strings(value, argument);
}

/** One string or a list of them, as a list: not empty, and none of them empty. */
function strings(value: unknown, argument: string, mayBeList: boolean = true): readonly string[] {
  const copy: readonly unknown[] =
    mayBeList && Array.isArray(value) ? Array.from(value, (each: unknown) => each) : [value];
  if (copy.length > 0 && copy.every(isFilled)) return Object.freeze(copy);
  const what = mayBeList ? 'a non-empty string, or a list of them' : 'a non-empty string';
  throw new TypeError(`"${argument}" must be ${what}`);
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
