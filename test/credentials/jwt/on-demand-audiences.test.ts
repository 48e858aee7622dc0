import { expect, test } from 'vitest';
import { AnonymousCredentials } from 'credence';
import { onDemandJwtOptions } from '../../../src/credentials/jwt/jwt-options.js';
import { loadOnDemandAudiences } from '../../../src/credentials/jwt/on-demand-audiences.js';
import { claimsOf, countedSigner, EMAIL } from '../../fixtures/service-account.js';

async function appliedBy(options: object, urls: readonly string[]) {
  const hold = await loadOnDemandAudiences();
  const audiences = hold(onDemandJwtOptions({ signer: countedSigner(), issuer: EMAIL, ...options }));
  const all: Record<string, string>[] = [];
  for (const url of urls) {
    const headers: Record<string, string> = {};
    const call = { request: undefined, method: 'GET', url, headers, options: undefined };
    await audiences.apply(new AnonymousCredentials(), call);
    all.push(headers);
  }
  return all;
}

test('Each URL gets a JWT of the issuer, with its claims, and not its quota project', async () => {
  const options = { subject: 'sub', additionalClaims: { custom: 1 }, quotaProjectId: 'project' };

  const [headers] = await appliedBy(options, ['https://a.example/v1?x=1']);

  expect(Object.keys(headers!)).toEqual(['authorization']);
  expect(claimsOf(headers!['authorization'])).toMatchObject({
    ...{ iss: EMAIL, sub: 'sub', custom: 1 },
    aud: 'https://a.example/v1',
  });
});

test('As many are held as the option says', async () => {
  const signer = countedSigner();

  await appliedBy(
    { signer, maxAudiences: 1 },
    ['one', 'two', 'two', 'one'].map((path) => `https://a.example/${path}`),
  );

  expect(signer.count).toBe(3);
});
