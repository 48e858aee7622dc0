import { describe, expect, test } from 'vitest';
import { mintServiceAccountIdToken } from '../../../src/credentials/service-account/service-account-id-token-minting.js';
import { loadServiceAccount } from '../../../src/credentials/service-account/service-account-load.js';
import type { HttpResponse, Transport } from '../../../src/transport/transport.js';
import { rejection } from '../../contract/secrets.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { aKey, claimsOf } from '../../fixtures/service-account.js';
import { anEmulator } from '../../fixtures/user.js';

const TARGET = 'https://service.example';
const flight = new AbortController();

const answering =
  (answer: HttpResponse): Transport =>
  () =>
    Promise.resolve(answer);

describe('In another universe', () => {
  test('the account signs itself in at the IAM API, whose answer names it', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount({ universeDomain: 'example.cloud' });
    const { signer, serviceAccountEmail } = loadServiceAccount(info, 'the info', {});
    const urls: string[] = [];
    const order = aKey({ signer, serviceAccountEmail, universeDomain: 'example.cloud' });

    const tokens = await mintServiceAccountIdToken(
      { ...order, targetAudience: TARGET },
      async ({ method, url, headers = {}, body }) => {
        urls.push(url);
        const there = `${emulator.iamUrl}/${url.split('/').at(-1) ?? ''}`;
        const response = await fetch(there, { method, headers, ...(body === undefined ? {} : { body }) });
        return { status: response.status, headers: response.headers, body: await response.text() };
      },
      flight,
    );

    expect(urls).toEqual([
      `https://iamcredentials.example.cloud/v1/projects/-/serviceAccounts/${encodeURIComponent(info.client_email)}:generateIdToken`,
    ]);
    expect(claimsOf(tokens.accessToken.value)).toMatchObject({
      aud: TARGET,
      azp: info.client_email,
      email: info.client_email,
    });
    expect(emulator.requests.generateIdToken).toBe(1);
  });

  test('a refusal says what to grant, and is told without the token', async () => {
    let authorization = '';
    const minting = mintServiceAccountIdToken(
      { ...aKey({ universeDomain: 'example.cloud' }), targetAudience: TARGET },
      ({ headers }) => {
        authorization = headers?.['authorization'] ?? '';
        return Promise.resolve(httpAnswer(403, { error: { message: `${authorization} may not` } }));
      },
      flight,
    );

    const error = (await rejection(minting)) as Error;

    expect(error).toMatchObject({ code: 'request_refused', status: 403 });
    expect(claimsOf(authorization)['scope']).toBe('https://www.googleapis.com/auth/iam');
    expect(error.message).not.toContain(authorization.slice(-40));
  });
});

test.each(['no JWT', 'a.b.c', `e30.${Buffer.from('{"aud":"x"}').toString('base64url')}.x`])(
  'F12 What is no ID token that names its end is not used: %j',
  async (id_token) => {
    const minting = mintServiceAccountIdToken(
      { ...aKey(), targetAudience: TARGET },
      answering(httpAnswer(200, { id_token })),
      flight,
    );

    expect(await rejection(minting)).toMatchObject({ code: 'unexpected_response', retryable: true });
  },
);
