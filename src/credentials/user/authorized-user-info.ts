/** The `authorized_user` format of gcloud and of google-auth's `to_json`: reads it strictly, and writes it so that ADC can load it. */
import type { EndpointPolicy } from '../../base/url.js';
import { GOOGLE_TOKEN_URI } from '../../google/well-known.js';
import { REFRESH_WINDOW_MS } from '../../tokens/token-state.js';
import type { CredentialsOptions } from '../credentials-options.js';
import { InfoReader, type InfoContext } from '../info-reader.js';
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

type Field = keyof AuthorizedUserInfo;

const REMEDY =
  'Make one with `gcloud auth application-default login`, or save `toAuthorizedUserJson()` of credentials that you hold.';
const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads an info into options.
 * @throws ConfigurationError that names the field, and what it must be.
 */
export function readAuthorizedUserInfo(info: unknown, context: AuthorizedUserContext): UserCredentialsOptions {
  const fields = new InfoReader<Field>(info, context, REMEDY);
  fields.requireType('authorized_user', 'type');
  fields.require(['refresh_token', 'client_id', 'client_secret']);
  const token = fields.headerText('token');
  return {
    token,
    expiry: readExpiry(fields, token, context),
    refreshToken: fields.text('refresh_token'),
    idToken: fields.text('id_token'),
    clientId: fields.text('client_id'),
    clientSecret: fields.text('client_secret'),
    tokenUri: fields.endpoint('token_uri') ?? GOOGLE_TOKEN_URI,
    revokeUri: fields.endpoint('revoke_uri'),
    scopes: fields.scopes('scopes'),
    defaultScopes: fields.scopes('default_scopes'),
    grantedScopes: fields.scopes('granted_scopes'),
    raptToken: fields.text('rapt_token'),
    quotaProjectId: fields.headerText('quota_project_id'),
    universeDomain: fields.universeDomain('universe_domain'),
    account: fields.text('account'),
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

/** A token of unknown end counts as ended, as google-auth has it: the first use refreshes it. */
function readExpiry(
  fields: InfoReader<Field>,
  token: string | undefined,
  context: AuthorizedUserContext,
): Date | undefined {
  const text = fields.text('expiry');
  if (text === undefined) return token === undefined ? undefined : new Date(context.now - REFRESH_WINDOW_MS);
  const match = ISO_INSTANT.exec(text.trim());
  const [, day, time, fraction = '', offset = 'Z'] = match ?? [];
  const expiry = new Date(`${day ?? ''}T${time ?? ''}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  if (match === null || Number.isNaN(expiry.getTime()))
    throw fields.invalid('expiry', 'a time such as 2030-01-02T03:04:05Z');
  return expiry;
}
