/** The refresh-token grant: builds its request (RFC 6749 §6; Google adds `rapt`). */
import { ownOptions } from '../base/option-record.js';
import { scopesToString } from '../base/scopes.js';
import type { TransportRequest } from '../transport/transport.js';
import { formRequest } from './form.js';

/** What a refresh-token request is made of. */
export interface RefreshGrantParts {
  /** The token endpoint. */
  readonly tokenUri: string;
  /** The refresh token to spend. */
  readonly refreshToken: string;
  /** The client it was issued to. */
  readonly clientId: string;
  /** That client's secret. */
  readonly clientSecret: string;
  /** The scopes to ask for; left out, the server grants what was consented to. */
  readonly scopes?: readonly string[] | undefined;
  /** Google's reauthentication proof token. */
  readonly raptToken?: string | undefined;
  /** Headers to add. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether submitting it a second time does no harm, so that it may be repeated after an unknown outcome. */
  readonly resend: boolean;
}

const NAMES = [
  'clientId',
  'clientSecret',
  'headers',
  'raptToken',
  'refreshToken',
  'resend',
  'scopes',
  'tokenUri',
] as const;

/** Builds the request that trades a refresh token for an access token. */
export function refreshGrantRequest(given: RefreshGrantParts): TransportRequest {
  const parts = ownOptions(given, NAMES);
  const { scopes } = parts;
  const form = formRequest(
    parts.tokenUri,
    {
      grant_type: 'refresh_token',
      client_id: parts.clientId,
      client_secret: parts.clientSecret,
      refresh_token: parts.refreshToken,
      scope: scopes === undefined || scopes.length === 0 ? undefined : scopesToString(scopes),
      rapt: parts.raptToken,
    },
    parts.headers,
  );
  return Object.freeze({ ...form, resend: parts.resend });
}
