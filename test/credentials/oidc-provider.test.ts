import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserCredentials } from 'credence';
import { elsewhere } from '../fixtures/user.js';
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

it('F28 F48 credentials that were made of the same refresh token apart from each other never trip it either', async () => {
  const { refresh_token: refreshToken } = await peer.login();
  const { tokenUri, clientId, clientSecret } = peer;
  const options = { refreshToken, tokenUri, clientId, clientSecret };
  const [one, two] = [new UserCredentials(options), new UserCredentials(options)];

  await one.refresh();
  await two.refresh();
  const late = new UserCredentials(options);
  await late.refresh();

  expect(new Set([one.refreshToken, two.refreshToken, late.refreshToken]).size).toBe(1);
  await expect(one.refresh()).resolves.toBeDefined();
});

it('F48 a family revoked for reuse is one permanent error, asked for once', async () => {
  const credentials = await signedIn();
  const { refreshToken, tokenUri, clientId, clientSecret } = credentials;
  const thief = new UserCredentials({ refreshToken, tokenUri, clientId, clientSecret, ...elsewhere() });
  await credentials.refresh();
  await expect(thief.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });

  await expect(credentials.refresh()).rejects.toMatchObject({ code: 'invalid_grant', retryable: false });
});

it('revoke ends the grant there', async () => {
  const credentials = await signedIn();
  await credentials.refresh();
  const { refreshToken, tokenUri, clientId, clientSecret } = credentials;

  await credentials.revoke();

  const again = { refreshToken, tokenUri, clientId, clientSecret };
  await expect(new UserCredentials(again).refresh()).rejects.toMatchObject({ code: 'revoked' });
  const revived = new UserCredentials({ ...again, ...elsewhere() });
  await expect(revived.refresh()).rejects.toMatchObject({ code: 'invalid_grant' });
});
