import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserCredentials } from 'credence';
import { startOidcPeer } from '../peers/oidc-provider.js';

let peer: Awaited<ReturnType<typeof startOidcPeer>>;

beforeAll(async () => {
  peer = await startOidcPeer();
});

afterAll(async () => {
  await peer.close();
});

async function signedIn(): Promise<UserCredentials> {
  const { refresh_token } = await peer.login();
  const { tokenUri, revokeUri, clientId, clientSecret } = peer;
  return new UserCredentials({ refreshToken: refresh_token, tokenUri, revokeUri, clientId, clientSecret });
}

it('an independent server’s refresh tokens are rotated again and again', async () => {
  const credentials = await signedIn();
  const seen = new Set([credentials.refreshToken]);

  for (let round = 0; round < 3; round += 1) {
    await credentials.refresh();
    seen.add(credentials.refreshToken);
  }

  expect(seen.size).toBe(4);
  const headers: Record<string, string> = {};
  await credentials.beforeRequest(undefined, 'GET', peer.userInfoUri, headers);
  expect((await fetch(peer.userInfoUri, { headers })).status).toBe(200);
});

it('F28 copies that share a grant never trip its reuse detection', async () => {
  const credentials = await signedIn();
  const copies = Array.from({ length: 5 }, () => credentials.withTokenUri(peer.tokenUri));

  await Promise.all(copies.map((copy) => copy.refresh()));

  await expect(credentials.refresh()).resolves.toBeDefined();
});

it('F48 a family revoked for reuse is one permanent error, asked for once', async () => {
  const credentials = await signedIn();
  const { refreshToken, tokenUri, clientId, clientSecret } = credentials;
  const thief = new UserCredentials({ refreshToken, tokenUri, clientId, clientSecret });
  await credentials.refresh();
  await expect(thief.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });

  await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant', retryable: false });
});

it('revoke ends the grant there', async () => {
  const credentials = await signedIn();
  await credentials.refresh();
  const { refreshToken, tokenUri, clientId, clientSecret } = credentials;

  await credentials.revoke();

  const revived = new UserCredentials({ refreshToken, tokenUri, clientId, clientSecret });
  await expect(revived.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });
});
