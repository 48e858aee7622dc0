import { UserRefreshClient } from 'google-auth-library';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startOidcPeer } from '../peers/oidc-provider.js';
import { anEmulator, ask, post } from './emulator-client.js';

/** What both servers offer, so that one set of rules judges the two of them. */
interface Server {
  readonly tokenUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  revoke(token: string): Promise<number>;
  /** The status that a resource answers with. */
  use(accessToken: string): Promise<number>;
}

async function oidcProvider(): Promise<Server> {
  const peer = await startOidcPeer();
  onTestFinished(() => peer.close());
  const { refresh_token: refreshToken } = await peer.login();
  const client = { client_id: peer.clientId, client_secret: peer.clientSecret };
  return {
    ...peer,
    refreshToken,
    revoke: async (token) => (await post(peer.revokeUri, { token, ...client })).status,
    use: async (token) => (await ask(peer.userInfoUri, { headers: { authorization: `Bearer ${token}` } })).status,
  };
}

async function emulator(): Promise<Server> {
  const running = await anEmulator({ rotateRefreshTokens: true });
  const { info } = await running.authorizedUser();
  return {
    tokenUri: running.tokenUri,
    clientId: info.client_id,
    clientSecret: info.client_secret,
    refreshToken: info.refresh_token,
    revoke: async (token) => (await post(running.revokeUri, { token })).status,
    use: async (token) => (await ask(running.apiUrl, { headers: { authorization: `Bearer ${token}` } })).status,
  };
}

interface Outcome {
  readonly status: number;
  readonly error: string | undefined;
  readonly accessToken: string;
  readonly refreshToken: string;
}

async function refresh(server: Server, refreshToken: string, clientSecret = server.clientSecret): Promise<Outcome> {
  const { status, json } = await post(server.tokenUri, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: server.clientId,
    client_secret: clientSecret,
  });
  const { access_token: accessToken, refresh_token: successor, error } = json as Record<string, string>;
  return { status, error, accessToken: accessToken ?? '', refreshToken: successor ?? '' };
}

describe.each([
  ['oidc-provider', oidcProvider],
  ['the emulator', emulator],
])('%s', (_name, start) => {
  test('rotates: each refresh brings a live access token and another refresh token', async () => {
    const server = await start();

    const first = await refresh(server, server.refreshToken);
    const second = await refresh(server, first.refreshToken);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(new Set([server.refreshToken, first.refreshToken, second.refreshToken]).size).toBe(3);
    expect(await server.use(second.accessToken)).toBe(200);
  });

  test('revokes the whole family when a replaced refresh token is used again', async () => {
    const server = await start();
    const first = await refresh(server, server.refreshToken);

    const reuse = await refresh(server, server.refreshToken);
    const successor = await refresh(server, first.refreshToken);

    expect(reuse).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(successor).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await server.use(first.accessToken)).toBe(401);
  });

  test.each(['refreshToken', 'accessToken'] as const)('ends the family when the %s is revoked', async (kind) => {
    const server = await start();
    const first = await refresh(server, server.refreshToken);

    const status = await server.revoke(first[kind]);

    expect(status).toBe(200);
    expect(await refresh(server, first.refreshToken)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await server.use(first.accessToken)).toBe(401);
  });

  test('refuses a wrong client secret with 401 invalid_client, and leaves the grant alone', async () => {
    const server = await start();

    const refused = await refresh(server, server.refreshToken, 'wrong');
    const accepted = await refresh(server, server.refreshToken);

    expect(refused).toMatchObject({ status: 401, error: 'invalid_client' });
    expect(accepted.status).toBe(200);
  });

  test('serves the refresh of google-auth-library', async () => {
    const { tokenUri, refreshToken, clientId, clientSecret, use } = await start();
    const client = new UserRefreshClient({
      clientId,
      clientSecret,
      refreshToken,
      endpoints: { oauth2TokenUrl: tokenUri },
    });

    const { token } = await client.getAccessToken();

    expect(await use(token ?? '')).toBe(200);
  });
});

test('oidc-provider makes each login a grant of its own', async () => {
  const peer = await startOidcPeer();
  onTestFinished(() => peer.close());

  const one = await peer.login();
  const other = await peer.login();

  expect(one.refresh_token).not.toBe(other.refresh_token);
});
