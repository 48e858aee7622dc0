/** The options of credentials that sign their own JWTs. */
import { frozenJson } from '../../base/frozen-json.js';
import { ownOptions, requireOptions } from '../../base/option-record.js';
import type { Signer } from '../../jose/signer.js';
import { MAX_LIFETIME_MS } from '../../tokens/capped-expiry.js';
import { CREDENTIALS_OPTIONS, credentialsOptions, type CredentialsOptions } from '../credentials-options.js';
import { requireCount, requireString } from '../service-account/service-account-options.js';
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

/** The names of {@link JwtOptions}. */
export const JWT_OPTIONS: readonly (keyof JwtOptions)[] = Object.freeze([
  ...CREDENTIALS_OPTIONS,
  'signer',
  'issuer',
  'subject',
  'additionalClaims',
  'tokenLifetimeMs',
] as const);

/** The times in a JWT are whole seconds. */
const MIN_LIFETIME_MS = 1_000;

const FIXED_OPTIONS: readonly (keyof JwtCredentialsOptions)[] = Object.freeze([...JWT_OPTIONS, 'audience'] as const);
const ON_DEMAND_OPTIONS: readonly (keyof OnDemandJwtCredentialsOptions)[] = Object.freeze([
  ...JWT_OPTIONS,
  'maxAudiences',
] as const);

/** @throws TypeError naming the option of `JwtCredentials` that is of the wrong type. */
export function jwtOptions(options: JwtCredentialsOptions): Readonly<JwtCredentialsOptions> {
  requireOptions(options);
  const own = ownOptions<JwtCredentialsOptions>(options, FIXED_OPTIONS);
  requireString(own.audience, 'audience');
  return credentialsOptions(ownOptions<JwtCredentialsOptions>({ ...own, ...checked(own) }, FIXED_OPTIONS));
}

/** @throws TypeError naming the option of `OnDemandJwtCredentials` that is of the wrong type. */
export function onDemandJwtOptions(options: OnDemandJwtCredentialsOptions): Readonly<OnDemandJwtCredentialsOptions> {
  requireOptions(options);
  const own = ownOptions<OnDemandJwtCredentialsOptions>(options, ON_DEMAND_OPTIONS);
  requireCount(own.maxAudiences, 'maxAudiences');
  return credentialsOptions(ownOptions<OnDemandJwtCredentialsOptions>({ ...own, ...checked(own) }, ON_DEMAND_OPTIONS));
}

function checked(own: JwtOptions): JwtOptions {
  const { issuer, additionalClaims } = own;
  if (typeof issuer !== 'string' || issuer === '') throw new TypeError('"issuer" must be a non-empty string');
  requireString(own.subject, 'subject');
  requireLifetime(own.tokenLifetimeMs);
  return {
    signer: requireSigner(own.signer, 'signer'),
    issuer,
    additionalClaims: additionalClaims === undefined ? undefined : frozenJson(additionalClaims, 'additionalClaims'),
  };
}

/** @throws TypeError where it is given, and no life for a token. */
function requireLifetime(value: number | undefined): void {
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && value >= MIN_LIFETIME_MS && value <= MAX_LIFETIME_MS) return;
  throw new TypeError(`"tokenLifetimeMs" must be a whole number from ${MIN_LIFETIME_MS} to ${MAX_LIFETIME_MS}`);
}
