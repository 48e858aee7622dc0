/** An independent authorization server on the loopback interface: oidc-provider, with rotating refresh tokens. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Provider } from 'oidc-provider';
import type { Grant, KoaContext } from 'oidc-provider';

const REDIRECT_URI = 'http://127.0.0.1/callback';
const INTERACTION_PATH = '/interaction';
const SCOPES = 'openid email';

/** What a login yields. */
export interface PeerTokens {
  readonly refresh_token: string;
  readonly access_token: string;
}

/** A running authorization server with one registered client, which authenticates with `client_secret_post`. */
export interface OidcPeer {
  readonly issuer: string;
  readonly tokenUri: string;
  readonly revokeUri: string;
  /** Answers to a live access token, and with 401 to a dead one. */
  readonly userInfoUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs a user in for the client: each login is a grant of its own. */
  login(): Promise<PeerTokens>;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startOidcPeer(): Promise<OidcPeer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${String(portOf(server))}`;
  const client = { clientId: 'peer-client', clientSecret: randomBytes(16).toString('hex') };
  server.on('request', providerAt(issuer, client).callback());
  return {
    issuer,
    tokenUri: `${issuer}/token`,
    revokeUri: `${issuer}/token/revocation`,
    userInfoUri: `${issuer}/me`,
    ...client,
    login: () => login(issuer, client),
    close: () => close(server),
  };
}

interface PeerClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

function providerAt(issuer: string, { clientId, clientSecret }: PeerClient): Provider {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', 'refresh_token'],
        application_type: 'native',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email'] },
    jwks: { keys: [signingKey()] },
    findAccount: (_context: KoaContext, accountId: string) => ({
      accountId,
      claims: () => Promise.resolve({ sub: accountId, email: `${accountId}@example.com` }),
    }),
    issueRefreshToken: () => Promise.resolve(true),
    rotateRefreshToken: true,
    loadExistingGrant: (context: KoaContext) => consent(provider, context),
    interactions: { url: (_context: KoaContext, { uid }: { uid: string }) => `${INTERACTION_PATH}/${uid}` },
    ttl: { AccessToken: 3600, RefreshToken: 86_400, Interaction: 600, Session: 600, Grant: 86_400, IdToken: 3600 },
    features: { devInteractions: { enabled: false }, revocation: { enabled: true, allowedPolicy: () => true } },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith(INTERACTION_PATH)) return next();
    const login = { accountId: `user-${randomBytes(4).toString('hex')}` };
    // A native client's user is always asked for consent; what it covers is settled below.
    return provider.interactionFinished(context.req, context.res, { login, consent: {} });
  });
  return provider;
}

/** An elliptic key is made in no time; an RSA key is not. */
function signingKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' };
}

/** Every user consents to everything without being asked. */
async function consent(provider: Provider, { oidc }: KoaContext): Promise<Grant> {
  const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}

async function login(issuer: string, { clientId, clientSecret }: PeerClient): Promise<PeerTokens> {
  const verifier = randomBytes(32).toString('base64url');
  const question = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: SCOPES,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const code = await codeOf(`${issuer}/auth?${question.toString()}`);
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  if (!response.ok) throw new Error(`The login failed with status ${String(response.status)}.`);
  return (await response.json()) as PeerTokens;
}

/** Follows the redirects of a login as a browser would, cookies and all. */
async function codeOf(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 10; step += 1) {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    await response.text();
    keepCookies(response, cookies);
    const target = new URL(response.headers.get('location') ?? '', url);
    const code = target.searchParams.get('code');
    if (code !== null) return code;
    url = target.href;
  }
  throw new Error('The login did not come to an end.');
}

function keepCookies(response: Response, cookies: Map<string, string>): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
