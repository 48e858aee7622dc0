/** The client credentials grant: a client asks for itself (RFC 6749 §4.4). */
import { ownOptions } from '../base/option-record.js';
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

const NAMES = ['clientAuthentication', 'clientId', 'clientSecret', 'parameters', 'scopes', 'tokenUri'] as const;

/** Builds the request. It may be submitted again: it changes nothing at the server. */
export function clientCredentialsRequest(parts: ClientCredentialsGrantParts): TransportRequest {
  const { tokenUri, scopes, parameters, clientId, clientSecret, clientAuthentication } = ownOptions(parts, NAMES);
  const client = authenticateClient({ clientId, clientSecret }, clientAuthentication);
  return formRequest(
    tokenUri,
    {
      ...parameters,
      grant_type: 'client_credentials',
      ...client.parameters,
      scope: scopes === undefined || scopes.length === 0 ? undefined : scopesToString(scopes),
    },
    client.headers,
  );
}
