/** The options of service-account credentials. */
import { frozenJson } from '../../base/frozen-json.js';
import { ownOptions, requireOptions } from '../../base/option-record.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import { checkEndpoint } from '../../base/url.js';
import { GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import type { Signer } from '../../jose/signer.js';
import { CREDENTIALS_OPTIONS, credentialsOptions, type CredentialsOptions } from '../credentials-options.js';
import { requireSigner } from '../signing.js';

/** What every kind that is made from a service account's key takes. */
export interface ServiceAccountKeyOptions extends CredentialsOptions {
  /** Signs with the account's key: `KeySigner.fromPem()` makes one. */
  readonly signer: Signer;
  /** The account's e-mail address. */
  readonly serviceAccountEmail: string;
  /**
   * The token endpoint.
   * @default 'https://oauth2.googleapis.com/token'
   */
  readonly tokenUri?: string | undefined;
  /** Claims to add to what is signed. */
  readonly additionalClaims?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Whom assertions are addressed to (`aud`).
   * @default the token endpoint; `https://oauth2.googleapis.com/token` for every token endpoint of Google's
   */
  readonly assertionAudience?: string | undefined;
}

/** Options of `ServiceAccountCredentials`, by google-auth's names. */
export interface ServiceAccountCredentialsOptions extends ServiceAccountKeyOptions {
  /** The scopes to ask for: a list, or a space-separated string. */
  readonly scopes?: ScopesLike | undefined;
  /** The scopes to ask for where `scopes` is left out; set by libraries, not by people. */
  readonly defaultScopes?: ScopesLike | undefined;
  /** The user to act for, by domain-wide delegation. */
  readonly subject?: string | undefined;
  /** The project of the account. */
  readonly projectId?: string | undefined;
  /**
   * Whether to sign tokens oneself wherever Google's APIs take them; in other universes it is always so.
   * @default false
   */
  readonly alwaysUseJwtAccess?: boolean | undefined;
  /** Which API a token is for where no URL tells, as in `refresh()`: `https://pubsub.googleapis.com/`. */
  readonly defaultAudience?: string | undefined;
  /**
   * How many self-signed tokens, one per API host, are held.
   * @default 1000
   */
  readonly maxAudiences?: number | undefined;
  /** @internal The file they were loaded from. */
  readonly source?: string | undefined;
}

/** The options as they are kept. */
export interface ServiceAccountRecord extends ServiceAccountCredentialsOptions {
  readonly tokenUri: string;
  readonly scopes?: readonly string[] | undefined;
  readonly defaultScopes?: readonly string[] | undefined;
}

/** The options of a service account's key as they are kept. */
export interface ServiceAccountKeyRecord extends ServiceAccountKeyOptions {
  readonly tokenUri: string;
}

const STRINGS = ['subject', 'projectId', 'defaultAudience', 'assertionAudience', 'source'] as const;
/** The names of the options of every kind that is made from a key. */
export const SERVICE_ACCOUNT_KEY_OPTIONS: readonly (keyof ServiceAccountKeyOptions)[] = Object.freeze([
  ...CREDENTIALS_OPTIONS,
  'signer',
  'serviceAccountEmail',
  'tokenUri',
  'additionalClaims',
  'assertionAudience',
] as const);
const KEPT: readonly (keyof ServiceAccountRecord)[] = Object.freeze([
  ...SERVICE_ACCOUNT_KEY_OPTIONS,
  ...STRINGS,
  'scopes',
  'defaultScopes',
  'alwaysUseJwtAccess',
  'maxAudiences',
] as const);

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is of the wrong type.
 * @throws ConfigurationError `endpoint_refused` for an endpoint that assertions must not be sent to.
 */
export function serviceAccountOptions(options: ServiceAccountCredentialsOptions): Readonly<ServiceAccountRecord> {
  requireOptions(options);
  const own = ownOptions<ServiceAccountCredentialsOptions>(options, KEPT);
  for (const name of STRINGS) requireString(own[name], name);
  const { alwaysUseJwtAccess, maxAudiences } = own;
  if (alwaysUseJwtAccess !== undefined && typeof alwaysUseJwtAccess !== 'boolean')
    throw new TypeError('"alwaysUseJwtAccess" must be a boolean');
  requireCount(maxAudiences, 'maxAudiences');
  const final = {
    ...own,
    ...checkedKey(own),
    scopes: scopesOf(own.scopes, 'scopes'),
    defaultScopes: scopesOf(own.defaultScopes, 'defaultScopes'),
  };
  return credentialsOptions(ownOptions<ServiceAccountRecord>(final, KEPT));
}

/** The checked options of the key and of its token endpoint. */
export function checkedKey(
  own: ServiceAccountKeyOptions,
): Pick<ServiceAccountKeyRecord, 'signer' | 'serviceAccountEmail' | 'tokenUri' | 'additionalClaims'> {
  const { serviceAccountEmail, additionalClaims, tokenUri } = own;
  if (typeof serviceAccountEmail !== 'string' || serviceAccountEmail === '')
    throw new TypeError('"serviceAccountEmail" must be a non-empty string');
  return {
    signer: requireSigner(own.signer, 'signer'),
    serviceAccountEmail,
    tokenUri: checkEndpoint(tokenUri ?? GOOGLE_TOKEN_URI, '"tokenUri"'),
    additionalClaims: additionalClaims === undefined ? undefined : frozenJson(additionalClaims, 'additionalClaims'),
  };
}

/** @throws TypeError where it is given and no positive whole number. */
export function requireCount(value: unknown, name: string): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) > 0))
    throw new TypeError(`"${name}" must be a positive whole number`);
}

/** @throws TypeError where it is given and no string, or an empty one. */
export function requireString(value: unknown, name: string): void {
  if (value !== undefined && (typeof value !== 'string' || value === ''))
    throw new TypeError(`"${name}" must be a non-empty string`);
}

/** An empty list asks for nothing: a service account is then free to sign for itself, as with none. */
function scopesOf(value: ScopesLike | undefined, name: string): readonly string[] | undefined {
  const scopes = parseScopes(value, name);
  return scopes?.length === 0 ? undefined : scopes;
}
