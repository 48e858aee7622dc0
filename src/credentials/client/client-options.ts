/** The options of client credentials. */
import { isPlainObject, ownOptions, requireOptions } from '../../base/option-record.js';
import { parseScopes, type ScopesLike } from '../../base/scopes.js';
import { checkEndpoint } from '../../base/url.js';
import type { ClientAuthentication } from '../../oauth/client-authentication.js';
import { CREDENTIALS_OPTIONS, credentialsOptions, type CredentialsOptions } from '../credentials-options.js';
import { requireString } from '../service-account/service-account-options.js';

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

const KEPT: readonly (keyof ClientRecord)[] = Object.freeze([
  ...CREDENTIALS_OPTIONS,
  'tokenUri',
  'clientId',
  'clientSecret',
  'clientAuthentication',
  'scopes',
  'parameters',
] as const);
const NECESSARY = ['tokenUri', 'clientId', 'clientSecret'] as const;
const WAYS: readonly unknown[] = ['client_secret_basic', 'client_secret_post'];
/** What the grant itself says. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set(['grant_type', 'client_id', 'client_secret', 'scope']);

/**
 * A frozen, checked copy of the options.
 * @throws TypeError naming the option that is missing or of the wrong type.
 * @throws ConfigurationError `endpoint_refused` for an endpoint that a secret must not be sent to.
 */
export function clientOptions(options: ClientCredentialsOptions): Readonly<ClientRecord> {
  requireOptions(options);
  const own = ownOptions<ClientCredentialsOptions>(options, KEPT);
  for (const name of NECESSARY) {
    if (own[name] === undefined) throw new TypeError(`"${name}" must be a non-empty string`);
    requireString(own[name], name);
  }
  const clientAuthentication = own.clientAuthentication ?? 'client_secret_basic';
  if (!WAYS.includes(clientAuthentication))
    throw new TypeError('"clientAuthentication" must be "client_secret_basic" or "client_secret_post"');
  const final: ClientRecord = {
    ...own,
    clientAuthentication,
    tokenUri: checkEndpoint(own.tokenUri, '"tokenUri"'),
    scopes: parseScopes(own.scopes, 'scopes'),
    parameters: parametersOf(own.parameters),
  };
  return credentialsOptions(ownOptions<ClientRecord>(final, KEPT));
}

function parametersOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) throw new TypeError('"parameters" must be an object of strings');
  const pairs = Object.entries(value).map(([name, text]: [string, unknown]) => {
    if (typeof text !== 'string') throw new TypeError(`"parameters.${name}" must be a string`);
    if (OWN_PARAMETERS.has(name)) throw new TypeError(`"parameters.${name}" is set by the grant itself`);
    return [name, text] as const;
  });
  return Object.freeze(Object.fromEntries(pairs));
}
