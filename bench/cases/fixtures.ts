/** The same user for both libraries. */
import { UserCredentials, type UserCredentialsOptions } from 'credence';
import { UserRefreshClient } from 'google-auth-library';

/** A token as long as Google's. */
export const TOKEN: string = `ya29.${'a'.repeat(215)}`;
/** What a request is made to; nothing is sent there. */
export const URL_OF_API = 'https://storage.googleapis.com/storage/v1/b';
const HOUR_MS = 3_600_000;

/** A user as an emulator registered them. */
export interface UserInfo {
  readonly client_id: string;
  readonly client_secret: string;
  readonly refresh_token: string;
  readonly token_uri: string;
}

/** A user whom no server knows. */
export const NOBODY: UserInfo = {
  client_id: 'client.apps.googleusercontent.com',
  client_secret: 'client-secret',
  refresh_token: `1//${'r'.repeat(100)}`,
  token_uri: 'https://oauth2.googleapis.com/token',
};

/** A token that is held from the start. */
export interface HeldToken {
  readonly token?: string;
  /** How long it still lives, in milliseconds. */
  readonly leftMs?: number;
}

/** Our credentials; by default with a token for an hour. */
export function ours(
  info: UserInfo = NOBODY,
  held: HeldToken = {},
  options: UserCredentialsOptions = {},
): UserCredentials {
  const { token = TOKEN, leftMs = HOUR_MS } = held;
  return new UserCredentials({
    token,
    expiry: new Date(Date.now() + leftMs),
    refreshToken: info.refresh_token,
    clientId: info.client_id,
    clientSecret: info.client_secret,
    tokenUri: info.token_uri,
    ...options,
  });
}

/** The incumbent's client; by default with a token for an hour. */
export function incumbent(info: UserInfo = NOBODY, held: HeldToken = {}): UserRefreshClient {
  const { token = TOKEN, leftMs = HOUR_MS } = held;
  return new UserRefreshClient({
    clientId: info.client_id,
    clientSecret: info.client_secret,
    refreshToken: info.refresh_token,
    endpoints: { oauth2TokenUrl: info.token_uri },
    credentials: { access_token: token, expiry_date: Date.now() + leftMs, refresh_token: info.refresh_token },
  });
}
