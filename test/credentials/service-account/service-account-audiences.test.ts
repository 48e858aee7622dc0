import { expect, test } from 'vitest';
import { AnonymousCredentials } from 'credence';
import { loadServiceAccountAudiences } from '../../../src/credentials/service-account/service-account-audiences.js';
import { serviceAccountOptions } from '../../../src/credentials/service-account/service-account-options.js';
import { aKey, claimsOf, countedSigner, EMAIL } from '../../fixtures/service-account.js';

async function audiencesOf(options: object) {
  const hold = await loadServiceAccountAudiences();
  return hold(serviceAccountOptions({ ...aKey(), ...options }));
}

test('Each host gets a token of the account, with its claims and its usage header, and not its quota project', async () => {
  const audiences = await audiencesOf({
    additionalClaims: { custom: 1 },
    usageHeader: true,
    quotaProjectId: 'project',
    defaultScopes: 'one',
  });
  const headers: Record<string, string> = {};
  const url = 'https://pubsub.googleapis.com/v1';

  await audiences.apply(new AnonymousCredentials(), {
    request: undefined,
    method: 'GET',
    url,
    headers,
    options: {},
  });

  const { authorization, ...rest } = headers;
  expect(rest).toEqual({ 'x-goog-api-client': 'cred-type/jwt' });
  expect(claimsOf(authorization)).toMatchObject({
    ...{ iss: EMAIL, sub: EMAIL, custom: 1 },
    aud: 'https://pubsub.googleapis.com/',
  });
});

test('As many are held as the option says', async () => {
  const signer = countedSigner();
  const audiences = await audiencesOf({ signer, maxAudiences: 1 });

  for (const host of ['a', 'b', 'a']) {
    const call = { request: undefined, method: 'GET', headers: {}, options: {} };
    await audiences.apply(new AnonymousCredentials(), { ...call, url: `https://${host}.example/` });
  }

  expect(signer.count).toBe(3);
});
