/** The options of service-account credentials. */
import { frozenJson } from '../../base/frozen-json.js';
import { judgedOptions, type Rules } from '../../base/option-record.js';
import { ofType, optional, requireCount, requireEndpoint, requireText } from '../../base/option-rules.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import { GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import type { Signer } from '../../jose/signer.js';
import { credentialsRules, type CredentialsOptions } from '../credentials-options.js';
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

/** The rules of every kind that is made from a key. */
export function serviceAccountKeyRules(): Rules<ServiceAccountKeyOptions, ServiceAccountKeyRecord> {
  return {
    assertionAudience: optional(requireText),
    serviceAccountEmail: requireText,
    signer: requireSigner,
    tokenUri: (value, name) => requireEndpoint(value ?? GOOGLE_TOKEN_URI, name),
    additionalClaims: optional(frozenJson),
    ...credentialsRules(),
  };
}

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is of the wrong type.
 * @throws ConfigurationError `endpoint_refused` for an endpoint that assertions must not be sent to.
 */
export function serviceAccountOptions(options: ServiceAccountCredentialsOptions): Readonly<ServiceAccountRecord> {
  return judgedOptions<ServiceAccountCredentialsOptions, ServiceAccountRecord>(options, {
    subject: optional(requireText),
    projectId: optional(requireText),
    defaultAudience: optional(requireText),
    source: optional(requireText),
    alwaysUseJwtAccess: optional(ofType('boolean')),
    maxAudiences: optional(requireCount),
    ...serviceAccountKeyRules(),
    scopes: scopesOf,
    defaultScopes: scopesOf,
  });
}

/** An empty list asks for nothing: a service account is then free to sign for itself, as with none. */
function scopesOf(value: ScopesLike | undefined, name: string): readonly string[] | undefined {
  const scopes = parseScopes(value, name);
  return scopes?.length === 0 ? undefined : scopes;
}
