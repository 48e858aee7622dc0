import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/testing/emulator.js';
import type { Reply } from '../emulator-client.js';
import { anEmulator, ask } from '../emulator-client.js';
import { signedBy } from '../service-account-client.js';

/** Lets the bearer of a token sign as a service account. */
function signAs(emulator: Emulator, email: string, token: string | undefined, body: unknown = {}): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify({ payload: 'YQ==', ...(body as object) });
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return ask(`${emulator.iamUrl}/${email}:signBlob`, { method: 'POST', body: text, headers });
}

test('whoever has a token may act as an account that names no token creators', async () => {
  const emulator = await anEmulator();
  const { account } = await emulator.serviceAccount();
  const { user } = await emulator.authorizedUser();

  const asUser = await signAs(emulator, account.email, user.mint().token);
  const encoded = await signAs(emulator, encodeURIComponent(account.email), account.mint().token);
  const byId = await signAs(emulator, account.uniqueId, account.mint().token);

  expect([asUser.status, encoded.status, byId.status]).toEqual([200, 200, 200]);
});

test('a request without a good token is refused with 401, in the shape of Google’s APIs', async () => {
  const emulator = await anEmulator();
  const { account } = await emulator.serviceAccount();
  const idToken = await emulator.idToken({ audience: emulator.iamUrl, issuer: emulator.url });

  for (const token of [undefined, 'unknown', idToken]) {
    const { status, json } = await signAs(emulator, account.email, token);

    expect(status).toBe(401);
    expect(json).toEqual({ error: { code: 401, message: expect.any(String), status: 'UNAUTHENTICATED' } });
  }
});

test('a token without a fitting scope is refused with 403', async () => {
  const emulator = await anEmulator();
  const { account } = await emulator.serviceAccount();

  const { status, json } = await signAs(emulator, account.email, account.mint(['read']).token);

  expect(status).toBe(403);
  expect(json['error']).toMatchObject({
    status: 'PERMISSION_DENIED',
    details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
  });
});

test('a self-signed JWT is good where it names the scope, or is addressed here', async () => {
  const emulator = await anEmulator();
  const { info, account } = await emulator.serviceAccount();
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: account.email, sub: account.email, iat, exp: iat + 60 };
  const scoped = signedBy(info, { ...claims, scope: 'https://www.googleapis.com/auth/iam' });
  const addressed = signedBy(info, { ...claims, aud: `${emulator.url}/` });
  const otherwise = signedBy(info, { ...claims, scope: 'read' });

  const replies = await Promise.all([scoped, addressed, otherwise].map((jwt) => signAs(emulator, account.email, jwt)));

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 403]);
});

test('an account that names its token creators lets nobody else act as it', async () => {
  const emulator = await anEmulator();
  const { account: source } = await emulator.serviceAccount();
  const { account: target } = await emulator.serviceAccount({ tokenCreators: [source.email] });

  const allowed = await signAs(emulator, target.email, source.mint().token);
  const denied = await signAs(emulator, target.email, target.mint().token);

  expect([allowed.status, denied.status]).toEqual([200, 403]);
  expect(denied.json['error']).toMatchObject({
    status: 'PERMISSION_DENIED',
    message: "Permission 'iam.serviceAccounts.signBlob' denied on resource (or it may not exist).",
  });
});

test('through delegates, each must trust the one before it', async () => {
  const emulator = await anEmulator();
  const { account: source } = await emulator.serviceAccount();
  const { account: between } = await emulator.serviceAccount({ tokenCreators: [source.email] });
  const { account: target } = await emulator.serviceAccount({ tokenCreators: [between.email] });
  const delegates = [`projects/-/serviceAccounts/${between.email}`];
  const { token } = source.mint();

  const through = await signAs(emulator, target.email, token, { delegates });
  const directly = await signAs(emulator, target.email, token);
  const wrongly = await signAs(emulator, between.email, token, {
    delegates: [`projects/-/serviceAccounts/${target.email}`],
  });

  expect([through.status, directly.status, wrongly.status]).toEqual([200, 403, 403]);
});

test('what is not there or not well formed is refused', async () => {
  const emulator = await anEmulator();
  const { account } = await emulator.serviceAccount();
  const { account: disabled } = await emulator.serviceAccount();
  const { token } = account.mint();
  disabled.disable(true);

  const replies = [
    await signAs(emulator, 'nobody@example.com', token),
    await signAs(emulator, account.email, token, { delegates: ['projects/-/serviceAccounts/nobody@example.com'] }),
    await signAs(emulator, account.email, token, { delegates: account.email }),
    await signAs(emulator, account.email, token, { delegates: [account.email] }),
    await signAs(emulator, account.email, token, { delegates: [7] }),
    await signAs(emulator, account.email, token, 'no JSON'),
    await signAs(emulator, account.email, token, '[]'),
    await signAs(emulator, disabled.email, token),
  ];

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 400, 400, 400, 400, 400, 400]);
});
