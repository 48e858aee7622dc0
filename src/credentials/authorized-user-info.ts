/** The `authorized_user` format of gcloud and of google-auth's `to_json`: reads it strictly, and writes it so that ADC can load it. */
import { isHeaderSafe } from '../base/header-value.js';
import { parseScopes, type ScopesLike } from '../base/scopes.js';
import { checkEndpoint, isUniverseDomain, type EndpointPolicy } from '../base/url.js';
import { ConfigurationError } from '../errors.js';
import { GOOGLE_TOKEN_URI } from '../google/well-known.js';
import { REFRESH_WINDOW_MS } from '../tokens/token-state.js';
import type { CredentialsOptions } from './credentials-options.js';
import type { UserCredentialsOptions } from './user-options.js';

/** The fields of an `authorized_user` file, by their names on disk. */
export interface AuthorizedUserInfo {
  /** `authorized_user`; google-auth's `to_json` leaves it out. */
  readonly type?: string;
  /** The OAuth client. */
  readonly client_id?: string;
  /** Its secret. */
  readonly client_secret?: string;
  /** The refresh token. */
  readonly refresh_token?: string;
  /** An access token. */
  readonly token?: string;
  /** When that ends: `YYYY-MM-DDTHH:MM:SS`, with or without a fraction and an offset; UTC where there is none. */
  readonly expiry?: string;
  /** The token endpoint. */
  readonly token_uri?: string;
  /** The revocation endpoint. */
  readonly revoke_uri?: string;
  /** The scopes to ask for: a list, or one space-separated string. */
  readonly scopes?: string | readonly string[];
  /** The scopes to ask for where `scopes` is missing. */
  readonly default_scopes?: string | readonly string[];
  /** The scopes that the access token was granted. */
  readonly granted_scopes?: string | readonly string[];
  /** The ID token. */
  readonly id_token?: string;
  /** Google's reauthentication proof token. */
  readonly rapt_token?: string;
  /** The project that is billed and counted. */
  readonly quota_project_id?: string;
  /** The universe. */
  readonly universe_domain?: string;
  /** The user's account, as a label. */
  readonly account?: string;
}

/** Options of loading an authorized user. */
export interface AuthorizedUserInfoOptions
  extends CredentialsOptions, Pick<UserCredentialsOptions, 'onTokens' | 'onWarning' | 'refreshHandler' | 'account'> {
  /**
   * Which token endpoints a file may name.
   * @default every https endpoint but link-local and metadata addresses, and http on loopback
   */
  readonly endpoints?: EndpointPolicy | undefined;
}

/** Where an info came from, and when it was read. */
export interface InfoContext {
  /** For messages: `the file /path/x.json`. */
  readonly where: string;
  /** Which endpoints it may name. */
  readonly endpoints: EndpointPolicy | undefined;
  /** The wall clock, in milliseconds since the epoch. */
  readonly now: number;
}

type Field = keyof AuthorizedUserInfo;

const REQUIRED = ['refresh_token', 'client_id', 'client_secret'] as const;
const SECRETS_IN_HEADERS = ['token', 'quota_project_id'] as const;
const HOW_TO_MAKE_ONE =
  'Make one with `gcloud auth application-default login`, or save `toAuthorizedUserJson()` of credentials that you hold.';
/** What Google's other files say; whatever else stands there is not quoted, for it may be anything. */
const OTHER_TYPES: ReadonlySet<string> = new Set([
  'external_account',
  'external_account_authorized_user',
  'gdch_service_account',
  'impersonated_service_account',
  'service_account',
]);
const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads an info into options.
 * @throws ConfigurationError that names the field, and what it must be.
 */
export function readAuthorizedUserInfo(info: unknown, context: InfoContext): UserCredentialsOptions {
  const record = requireRecord(info, context);
  const text = (name: Field): string | undefined => readText(record, name, context);
  requireType(text('type'), context);
  const missing = REQUIRED.filter((name) => text(name) === undefined);
  if (missing.length > 0) throw lacking(missing, context);
  for (const name of SECRETS_IN_HEADERS) requireSafe(text(name), name, context);
  const universeDomain = text('universe_domain');
  if (universeDomain !== undefined && !isUniverseDomain(universeDomain)) {
    throw invalidField('universe_domain', context, 'a domain in lower case, such as googleapis.com');
  }
  const token = text('token');
  return {
    token,
    expiry: readExpiry(text('expiry'), token, context),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    clientId: text('client_id'),
    clientSecret: text('client_secret'),
    tokenUri: readEndpoint(text('token_uri'), 'token_uri', context) ?? GOOGLE_TOKEN_URI,
    revokeUri: readEndpoint(text('revoke_uri'), 'revoke_uri', context),
    scopes: readScopes(record, 'scopes', context),
    defaultScopes: readScopes(record, 'default_scopes', context),
    grantedScopes: readScopes(record, 'granted_scopes', context),
    raptToken: text('rapt_token'),
    quotaProjectId: text('quota_project_id'),
    universeDomain,
    account: text('account'),
  };
}

/** What an info is written from. */
export interface AuthorizedUserState extends Omit<
  UserCredentialsOptions,
  'scopes' | 'defaultScopes' | 'grantedScopes'
> {
  readonly scopes: readonly string[] | undefined;
  readonly defaultScopes: readonly string[] | undefined;
  readonly grantedScopes: readonly string[] | undefined;
}

/** Writes an info that google-auth, gcloud and this library load, without the fields named in `strip`. */
export function writeAuthorizedUserInfo(state: AuthorizedUserState, strip: readonly string[]): AuthorizedUserInfo {
  const all: Record<Field, unknown> = {
    type: 'authorized_user',
    client_id: state.clientId,
    client_secret: state.clientSecret,
    refresh_token: state.refreshToken,
    token: state.token,
    expiry: state.expiry === undefined ? undefined : formatExpiry(state.expiry),
    token_uri: state.tokenUri,
    revoke_uri: state.revokeUri,
    scopes: state.scopes,
    default_scopes: state.defaultScopes,
    granted_scopes: state.grantedScopes,
    id_token: state.idToken,
    rapt_token: state.raptToken,
    quota_project_id: state.quotaProjectId,
    universe_domain: state.universeDomain,
    account: state.account === '' ? undefined : state.account,
  };
  const kept = Object.entries(all).filter(([name, value]) => value !== undefined && !strip.includes(name));
  return Object.fromEntries(kept);
}

/** google-auth's form: UTC with a `Z`, and a fraction only where there is one. */
export function formatExpiry(expiry: Date): string {
  return expiry.toISOString().replace('.000Z', 'Z');
}

function requireRecord(info: unknown, context: InfoContext): object {
  if (typeof info === 'object' && info !== null && !Array.isArray(info)) return info;
  throw new ConfigurationError(
    'wrong_type',
    `${capitalised(context.where)} does not hold a JSON object. ${HOW_TO_MAKE_ONE}`,
  );
}

/** Only own properties count: a polluted prototype, or a `__proto__` in the JSON, supplies nothing. */
function ownField(record: object, name: Field): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(record, name)?.value;
  return value === null || value === '' ? undefined : value;
}

function readText(record: object, name: Field, context: InfoContext): string | undefined {
  const value = ownField(record, name);
  if (value === undefined || typeof value === 'string') return value;
  throw invalidField(name, context, 'a string');
}

function readScopes(record: object, name: Field, context: InfoContext): ScopesLike | undefined {
  const value = ownField(record, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && !Array.isArray(value))
    throw invalidField(name, context, 'a list of scopes, or one space-separated string');
  try {
    return parseScopes(value, name);
  } catch (cause) {
    throw invalidField(name, context, 'a list of scopes, or one space-separated string', cause);
  }
}

function requireType(type: string | undefined, context: InfoContext): void {
  if (type === undefined || type === 'authorized_user') return;
  const found = OTHER_TYPES.has(type) ? `the type "${type}"` : 'another type';
  const message = `${capitalised(context.where)} holds credentials of ${found}, and not of the type "authorized_user". ${HOW_TO_MAKE_ONE}`;
  throw new ConfigurationError('wrong_type', message);
}

function lacking(missing: readonly string[], context: InfoContext): ConfigurationError {
  const fields = missing.map((name) => `"${name}"`).join(', ');
  return new ConfigurationError('missing_fields', `${capitalised(context.where)} lacks ${fields}. ${HOW_TO_MAKE_ONE}`);
}

function requireSafe(value: string | undefined, name: Field, context: InfoContext): void {
  if (value !== undefined && !isHeaderSafe(value))
    throw invalidField(name, context, 'visible ASCII, without spaces and line breaks');
}

function readEndpoint(value: string | undefined, name: Field, context: InfoContext): string | undefined {
  return value === undefined ? undefined : checkEndpoint(value, `"${name}" of ${context.where}`, context.endpoints);
}

/** A token of unknown end counts as ended, as google-auth has it: the first use refreshes it. */
function readExpiry(text: string | undefined, token: string | undefined, context: InfoContext): Date | undefined {
  if (text === undefined) return token === undefined ? undefined : new Date(context.now - REFRESH_WINDOW_MS);
  const match = ISO_INSTANT.exec(text.trim());
  const [, day, time, fraction = '', offset = 'Z'] = match ?? [];
  const expiry = new Date(`${day ?? ''}T${time ?? ''}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  if (match === null || Number.isNaN(expiry.getTime()))
    throw invalidField('expiry', context, 'a time such as 2030-01-02T03:04:05Z');
  return expiry;
}

function invalidField(name: Field, context: InfoContext, must: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    'invalid_field',
    `"${name}" of ${context.where} must be ${must}. Correct it, or leave it out.`,
    { cause },
  );
}

function capitalised(where: string): string {
  return where.charAt(0).toUpperCase() + where.slice(1);
}
