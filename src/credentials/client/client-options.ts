/** The options of client credentials. */
import { isPlainObject, judgedOptions } from '../../base/option-record.js';
import { ofType, oneOf, optional, requireEndpoint, requireText } from '../../base/option-rules.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import type { ClientAuthentication } from '../../oauth/client-authentication.js';
import { credentialsRules, type CredentialsOptions } from '../credentials-options.js';

/** Options of `ClientCredentials`. */
export interface ClientCredentialsOptions extends CredentialsOptions {
  /** The token endpoint: https, or http on loopback. */
  readonly tokenUri: string;
  /** The client. */
  readonly clientId: string;
  /** Its secret. */
  readonly clientSecret: string;
  /**
   * How the secret is sent: in the authorization header, or in the form.
   * @default 'client_secret_basic'
   */
  readonly clientAuthentication?: ClientAuthentication | undefined;
  /** The scopes to ask for: a list, or a space-separated string. */
  readonly scopes?: ScopesLike | undefined;
  /** Further form parameters that the server wants, such as `audience` or `resource`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** The options as they are kept. */
export interface ClientRecord extends ClientCredentialsOptions {
  readonly clientAuthentication: ClientAuthentication;
  readonly scopes?: readonly string[] | undefined;
}

/** What the grant itself says. */
const OWN_PARAMETERS: readonly string[] = ['grant_type', 'client_id', 'client_secret', 'scope'];

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is missing or of the wrong type.
 * @throws ConfigurationError `endpoint_refused` for an endpoint that a secret must not be sent to.
 */
export function clientOptions(options: ClientCredentialsOptions): Readonly<ClientRecord> {
  return judgedOptions<ClientCredentialsOptions, ClientRecord>(options, {
    tokenUri: (value, name) => requireEndpoint(requireText(value, name), name),
    clientId: requireText,
    clientSecret: requireText,
    clientAuthentication: (value, name) =>
      oneOf<ClientAuthentication>('client_secret_basic', 'client_secret_post')(value ?? 'client_secret_basic', name),
    scopes: parseScopes,
    parameters: optional(parametersOf),
    ...credentialsRules(),
  });
}

function parametersOf(value: Readonly<Record<string, string>>, argument: string): Readonly<Record<string, string>> {
  if (!isPlainObject(value)) throw new TypeError(`"${argument}" must be an object of strings`);
  const copy = Object.fromEntries(Object.entries(value));
  for (const [name, text] of Object.entries(copy)) {
    ofType('string')(text, `${argument}.${name}`);
    if (OWN_PARAMETERS.includes(name)) throw new TypeError(`"${argument}.${name}" is set by the grant itself`);
  }
  return Object.freeze(copy);
}
