/** The refresh-token grant: builds its request (RFC 6749 §6; Google adds `rapt`). */
import { scopesToString } from '../base/scopes.js';
import type { TransportRequest } from '../transport/transport.js';
import { formRequest } from './form.js';

/** What a refresh-token request is made of. All of it is spelt out: an absent name could be supplied by a polluted `Object.prototype`. */
export interface RefreshGrantParts {
  /** The token endpoint. */
  readonly tokenUri: string;
  /** The refresh token to spend. */
  readonly refreshToken: string;
  /** The client it was issued to. */
  readonly clientId: string;
  /** That client's secret. */
  readonly clientSecret: string;
  /** The scopes to ask for; where they are `undefined`, the server grants what was consented to. */
  readonly scopes: readonly string[] | undefined;
  /** Google's reauthentication proof token. */
  readonly raptToken: string | undefined;
  /** Headers to add. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether submitting it a second time does no harm, so that it may be repeated after an unknown outcome. */
  readonly resend: boolean;
}

/** Builds the request that trades a refresh token for an access token. */
export function refreshGrantRequest(parts: RefreshGrantParts): TransportRequest {
  const { scopes } = parts;
  const form = {
    grant_type: 'refresh_token',
    client_id: parts.clientId,
    client_secret: parts.clientSecret,
    refresh_token: parts.refreshToken,
    scope: scopes === undefined || scopes.length === 0 ? undefined : scopesToString(scopes),
    rapt: parts.raptToken,
  };
  return formRequest(parts.tokenUri, form, parts.headers, parts.resend);
}
