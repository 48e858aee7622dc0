/** The options of credentials that sign their own JWTs. */
import { frozenJson } from '../../base/frozen-json.js';
import { judgedOptions, type Rules } from '../../base/option-record.js';
import { fitting, optional, requireCount, requireText } from '../../base/option-rules.js';
import type { Signer } from '../../jose/signer.js';
import { MAX_LIFETIME_MS } from '../../tokens/capped-expiry.js';
import { credentialsRules, type CredentialsOptions } from '../credentials-options.js';
import { requireSigner } from '../signing.js';

/** What every kind takes that signs its own JWTs. */
export interface JwtOptions extends CredentialsOptions {
  /** Signs the JWTs. */
  readonly signer: Signer;
  /** Who issues them (`iss`): a service account's e-mail address. */
  readonly issuer: string;
  /**
   * Whom they speak for (`sub`).
   * @default the issuer
   */
  readonly subject?: string | undefined;
  /** Further claims; they go before the others. */
  readonly additionalClaims?: Readonly<Record<string, unknown>> | undefined;
  /**
   * How long a JWT lives, in milliseconds: from a second to a year. Google accepts an hour at most.
   * @default 3600000
   */
  readonly tokenLifetimeMs?: number | undefined;
}

/** Options of `JwtCredentials`. */
export interface JwtCredentialsOptions extends JwtOptions {
  /** Whom the JWT is for (`aud`), such as `https://pubsub.googleapis.com/`. */
  readonly audience?: string | undefined;
}

/** Options of `OnDemandJwtCredentials`. */
export interface OnDemandJwtCredentialsOptions extends JwtOptions {
  /**
   * How many JWTs, one per audience, are held.
   * @default 1000
   */
  readonly maxAudiences?: number | undefined;
}

/** The times in a JWT are whole seconds. */
const MIN_LIFETIME_MS = 1_000;

/** The rules of every kind that signs its own JWTs. */
export function jwtRules(): Rules<JwtOptions> {
  return {
    issuer: requireText,
    subject: optional(requireText),
    tokenLifetimeMs: optional(requireLifetime),
    signer: requireSigner,
    additionalClaims: optional(frozenJson),
    ...credentialsRules(),
  };
}

/** @throws TypeError naming the option of `JwtCredentials` that is of the wrong type. */
export function jwtOptions(options: JwtCredentialsOptions): Readonly<JwtCredentialsOptions> {
  return judgedOptions(options, { audience: optional(requireText), ...jwtRules() });
}

/** @throws TypeError naming the option of `OnDemandJwtCredentials` that is of the wrong type. */
export function onDemandJwtOptions(options: OnDemandJwtCredentialsOptions): Readonly<OnDemandJwtCredentialsOptions> {
  return judgedOptions(options, { maxAudiences: optional(requireCount), ...jwtRules() });
}

function requireLifetime(value: number, name: string): number {
  const fits = Number.isSafeInteger(value) && value >= MIN_LIFETIME_MS && value <= MAX_LIFETIME_MS;
  return fitting(value, name, fits, `a whole number from ${MIN_LIFETIME_MS} to ${MAX_LIFETIME_MS}`);
}
