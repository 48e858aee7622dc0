/** The client credentials grant: a client asks for itself (RFC 6749 §4.4). */
import { scopesToString } from '../base/scopes.js';
import type { TransportRequest } from '../transport/transport.js';
import { authenticateClient, type ClientAuthentication } from './client-authentication.js';
import { formRequest } from './form.js';

/** What a client credentials request is made of. */
export interface ClientCredentialsGrantParts {
  /** The token endpoint. */
  readonly tokenUri: string;
  /** The client. */
  readonly clientId: string;
  /** Its secret. */
  readonly clientSecret: string;
  /** How the secret is sent. */
  readonly clientAuthentication: ClientAuthentication;
  /** The scopes to ask for; left out, the server decides. */
  readonly scopes?: readonly string[] | undefined;
  /** Further parameters that the server wants, such as `audience` or `resource`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** Builds the request. It may be submitted again: it changes nothing at the server. */
export function clientCredentialsRequest(parts: ClientCredentialsGrantParts): TransportRequest {
  const { scopes, parameters, clientId, clientSecret, clientAuthentication } = parts;
  const client = authenticateClient({ clientId, clientSecret }, clientAuthentication);
  const form = formRequest(
    parts.tokenUri,
    {
      ...parameters,
      grant_type: 'client_credentials',
      ...client.parameters,
      scope: scopes === undefined || scopes.length === 0 ? undefined : scopesToString(scopes),
    },
    client.headers,
  );
  return Object.freeze({ ...form, resend: true });
}
