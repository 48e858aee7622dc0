/** How a client shows who it is at the token endpoint (RFC 6749 §2.3.1). */

/** `client_secret_basic` sends the secret in the authorization header, `client_secret_post` in the form. */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post';

/** What authentication adds to a request. */
export interface AuthenticatedRequest {
  /** Headers to add. */
  readonly headers: Readonly<Record<string, string>>;
  /** Form parameters to add. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a client adds to its request. */
export function authenticateClient(
  client: { readonly clientId: string; readonly clientSecret: string },
  how: ClientAuthentication,
): AuthenticatedRequest {
  const { clientId, clientSecret } = client;
  if (how === 'client_secret_post') {
    return { headers: {}, parameters: { client_id: clientId, client_secret: clientSecret } };
  }
  const pair = btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`);
  return { headers: { authorization: `Basic ${pair}` }, parameters: {} };
}

/** The RFC has both encoded as form values first, so that a colon in one of them does no harm. */
function formEncoded(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length);
}
