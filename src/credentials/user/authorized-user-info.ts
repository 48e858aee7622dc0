/** The `authorized_user` format of gcloud and of google-auth's `to_json`: reads it strictly, and writes it so that ADC can load it. */
import { BareRecord } from '../../base/bare-record.js';
import type { EndpointPolicy } from '../../base/url.js';
import { GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import { REFRESH_WINDOW_MS } from '../../tokens/token-state.js';
import type { CredentialsOptions } from '../credentials-options.js';
import {
  invalidField,
  openInfo,
  scopesIn,
  textIn,
  type InfoContext,
  type InfoFormat,
  type OpenInfo,
  type TextRule,
} from '../info-reader.js';
import type { UserCredentialsOptions } from './user-options.js';

/** The fields of an `authorized_user` file, by their names on disk. */
export interface AuthorizedUserInfo {
  /** `authorized_user`; google-auth's `to_json` leaves it out. */
  readonly type?: string | undefined;
  /** The OAuth client. */
  readonly client_id?: string | undefined;
  /** Its secret. */
  readonly client_secret?: string | undefined;
  /** The refresh token. */
  readonly refresh_token?: string | undefined;
  /** An access token. */
  readonly token?: string | undefined;
  /** When that ends: `YYYY-MM-DDTHH:MM:SS`, with or without a fraction and an offset; UTC where there is none. */
  readonly expiry?: string | undefined;
  /** The token endpoint. */
  readonly token_uri?: string | undefined;
  /** The revocation endpoint. */
  readonly revoke_uri?: string | undefined;
  /** The scopes to ask for: a list, or one space-separated string. */
  readonly scopes?: string | readonly string[] | undefined;
  /** The scopes to ask for where `scopes` is missing. */
  readonly default_scopes?: string | readonly string[] | undefined;
  /** The scopes that the access token was granted. */
  readonly granted_scopes?: string | readonly string[] | undefined;
  /** The ID token. */
  readonly id_token?: string | undefined;
  /** Google's reauthentication proof token. */
  readonly rapt_token?: string | undefined;
  /** The project that is billed and counted. */
  readonly quota_project_id?: string | undefined;
  /** The universe. */
  readonly universe_domain?: string | undefined;
  /** The user's account, as a label. */
  readonly account?: string | undefined;
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
export interface AuthorizedUserContext extends InfoContext {
  /** The wall clock, in milliseconds since the epoch. */
  readonly now: number;
}

type FieldRule = TextRule | 'scopes' | 'expiry';

/** Every field but the type, in the order of a file: its name there, its option, and what it must be. Reading and writing go by it. */
const FIELDS: readonly (readonly [
  name: keyof AuthorizedUserInfo,
  option: keyof UserCredentialsOptions,
  rule?: FieldRule,
])[] = [
  ['client_id', 'clientId'],
  ['client_secret', 'clientSecret'],
  ['refresh_token', 'refreshToken'],
  ['token', 'token', 'header'],
  ['expiry', 'expiry', 'expiry'],
  ['token_uri', 'tokenUri', 'endpoint'],
  ['revoke_uri', 'revokeUri', 'endpoint'],
  ['scopes', 'scopes', 'scopes'],
  ['default_scopes', 'defaultScopes', 'scopes'],
  ['granted_scopes', 'grantedScopes', 'scopes'],
  ['id_token', 'idToken'],
  ['rapt_token', 'raptToken'],
  ['quota_project_id', 'quotaProjectId', 'header'],
  ['universe_domain', 'universeDomain', 'universe'],
  ['account', 'account'],
];

const FORMAT: InfoFormat = {
  type: 'authorized_user',
  required: ['refresh_token', 'client_id', 'client_secret'],
  remedy:
    'Make one with `gcloud auth application-default login`, or save `toAuthorizedUserJson()` of credentials that you hold.',
};
const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads an info into options.
 * @throws ConfigurationError that names the field, and what it must be.
 */
export function readAuthorizedUserInfo(info: unknown, context: AuthorizedUserContext): UserCredentialsOptions {
  const open = openInfo(info, context, FORMAT);
  const options = new BareRecord();
  for (const [name, option, rule] of FIELDS) options[option] = fieldIn(open, name, rule);
  options['tokenUri'] ??= GOOGLE_TOKEN_URI;
  // A token of unknown end counts as ended, as google-auth has it: the first use refreshes it.
  if (options['token'] !== undefined) options['expiry'] ??= new Date(context.now - REFRESH_WINDOW_MS);
  return options;
}

/** Writes an info that google-auth, gcloud and this library load, without the fields named in `strip`. */
export function writeAuthorizedUserInfo(options: UserCredentialsOptions, strip: readonly string[]): AuthorizedUserInfo {
  const kept: [name: string, value: unknown][] = strip.includes('type') ? [] : [['type', FORMAT.type]];
  const { expiry } = options;
  for (const [name, option, rule] of FIELDS) {
    const value = Object.hasOwn(options, option) ? options[option] : undefined;
    const isKnown = value !== undefined && !(option === 'account' && value === '');
    if (!isKnown || strip.includes(name)) continue;
    kept.push([name, rule === 'expiry' && expiry !== undefined ? formatExpiry(expiry) : value]);
  }
  return Object.fromEntries(kept);
}

/** google-auth's form: UTC with a `Z`, and a fraction only where there is one. */
export function formatExpiry(expiry: Date): string {
  return expiry.toISOString().replace('.000Z', 'Z');
}

function fieldIn(info: OpenInfo, name: string, rule: FieldRule | undefined): unknown {
  if (rule === 'scopes') return scopesIn(info, name);
  return rule === 'expiry' ? expiryIn(info, name) : textIn(info, name, rule);
}

function expiryIn(info: OpenInfo, name: string): Date | undefined {
  const text = textIn(info, name);
  if (text === undefined) return undefined;
  // Where nothing matches, nothing is left that could be a date.
  const [, day = '', time = '', fraction = '', offset = 'Z'] = ISO_INSTANT.exec(text.trim()) ?? [];
  const expiry = new Date(`${day}T${time}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  if (Number.isNaN(expiry.getTime())) throw invalidField(info, name, 'a time such as 2030-01-02T03:04:05Z');
  return expiry;
}
