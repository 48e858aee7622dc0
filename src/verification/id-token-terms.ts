/**
 * Reads what callers say of the ID tokens that they believe. A rule that is overlooked would let somebody in, so that unknown options are
 * refused. Verifiers check this as they are made: what only a call needs stands in verification-calls.ts.
 */
import { requireClock } from '../base/clock-check.js';
import { systemClock, type Clock } from '../base/clock.js';
import { judgedOptions, knownOptions, namesOf, type Rule, type Rules } from '../base/option-record.js';
import { fitting, isText, ofType, optional, requireEndpoint } from '../base/option-rules.js';
import { isSigningAlgorithm } from '../jose/algorithms.js';
import type { SigningAlgorithm } from '../jose/signer.js';
import { MAX_LIFETIME_MS } from '../tokens/capped-expiry.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike } from '../transport/transport.js';
import type { IdTokenVerifierOptions } from './id-token-options.js';

/** What ID tokens must be like, and where the keys are: checked, copied and complete. */
export interface IdTokenTerms {
  /** Whom the token must be for; undefined where that does not matter. */
  readonly audience: readonly string[] | undefined;
  readonly anyAudience: boolean | undefined;
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

const GOOGLE_CERTS_URL = 'https://www.googleapis.com/oauth2/v3/certs';

/** Clocks that are set over the network differ by less, while google-auth's 0 refuses tokens of issuers that are a second ahead. */
const CLOCK_SKEW_MS = 30_000;
/** Whoever needs more has a clock to repair. */
const MAX_CLOCK_SKEW_MS = 600_000;
/** As google-auth-library has it. Google's own tokens live for an hour. */
const LIFETIME_MS = 86_400_000;

/** The rules for the options of a verifier. */
export function verifierRules(): Rules<IdTokenVerifierOptions, Omit<IdTokenTerms, 'tellsSignIn'>> {
  return {
    certsUrl: optional((value, name) => requireEndpoint(ofType('string')(value, name), name), GOOGLE_CERTS_URL),
    clockSkewMs: optional(numberFrom(0, MAX_CLOCK_SKEW_MS), CLOCK_SKEW_MS),
    maxLifetimeMs: optional(numberFrom(1, MAX_LIFETIME_MS), LIFETIME_MS),
    transport: optional(requireRequestLike),
    clock: optional(requireClock, systemClock),
    audience: optional(textsOf),
    anyAudience: optional(ofType('boolean')),
    issuers: optional(
      listOf('a list of non-empty strings', isText),
      Object.freeze(['accounts.google.com', 'https://accounts.google.com']),
    ),
    algorithms: optional(
      listOf('a list of RS256, ES256 or ES384', isSigningAlgorithm),
      Object.freeze(['RS256'] as const),
    ),
    hostedDomain: optional(textsOf),
  };
}

/** @throws TypeError naming the option that is missing, unknown or of the wrong type; ConfigurationError `endpoint_refused`. */
export function verifierTerms(options: IdTokenVerifierOptions): IdTokenTerms {
  return ruleTerms(knownOptions(options, namesOf(verifierRules()), 'options'));
}

/**
 * The same for options whose names are known.
 * @param own `tellsSignIn` is not among the options of callers: Firebase's tokens alone tell.
 */
export function ruleTerms(own: IdTokenVerifierOptions & { readonly tellsSignIn?: boolean }): IdTokenTerms {
  const terms = judgedOptions<typeof own, IdTokenTerms>(own, {
    ...verifierRules(),
    tellsSignIn: (tellsSignIn = false) => tellsSignIn,
  });
  const believesAny = terms.anyAudience === true;
  if (terms.audience !== undefined && believesAny)
    throw new TypeError('"audience" must be left out where "anyAudience" is true');
  if (terms.audience !== undefined || believesAny) return terms;
  throw new TypeError('"audience" must be your own client id or URL; without it, tokens for any app would be believed');
}

/** One text or a list of them, as a list. */
function textsOf(value: string | readonly string[], name: string): readonly string[] {
  return listOf('a non-empty string, or a list of them', isText)(typeof value === 'string' ? [value] : value, name);
}

/** A rule that copies a list, which must not be empty, and whose elements must all fit. */
function listOf(be: string, fits: (each: unknown) => boolean): <T>(value: readonly T[], name: string) => readonly T[] {
  return (value, name) => {
    const isList: boolean = Array.isArray(value);
    // The copy is judged: it has no holes, and stays as it is.
    const copy = Object.freeze(isList ? Array.from(value) : []);
    return fitting(copy, name, copy.length > 0 && copy.every(fits), be);
  };
}

function numberFrom(least: number, most: number): Rule<number, number> {
  return (value, name) => {
    const fits = typeof value === 'number' && value >= least && value <= most;
    return fitting(value, name, fits, `a number from ${least} to ${most}`);
  };
}
