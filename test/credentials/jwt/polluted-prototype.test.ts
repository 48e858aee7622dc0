/** What a polluted `Object.prototype` supplies must not be signed, nor decide how long, with which key or whether something is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childOf, type Child } from '../../contract/child.js';
import { EMAIL, PEM } from '../../fixtures/service-account.js';

const NAMES = [
  ...[
    'header',
    'scopes',
    'audience',
    'claims',
    'lifetimeMs',
    'tokenLifetimeMs',
    'delegates',
    'subject',
    'additionalClaims',
  ],
  ...['sub', 'aud', 'iss', 'exp', 'scope', 'alg', 'kid', 'keyId', 'algorithm', 'where', 'dsaEncoding', 'signer'],
  ...['defaultScopes', 'defaultAudience', 'parameters', 'signal', 'singleAttempt', 'maxAudiences', 'quotaProjectId'],
];

let child: Child;
beforeAll(async () => {
  child = await childOf('src/index.ts');
});
afterAll(() => {
  child[Symbol.dispose]();
});

test('F81 A polluted Object.prototype changes nothing of what is signed', async () => {
  const printed = await child.run(`
    import { JwtCredentials, KeySigner, OnDemandJwtCredentials, ServiceAccountCredentials } from './entry.mjs';
    const signer = KeySigner.fromPem(${JSON.stringify(PEM)}, { keyId: 'key-1' });
    const who = { signer, issuer: ${JSON.stringify(EMAIL)} };
    const account = { signer, serviceAccountEmail: who.issuer };
    const kinds = [
      () => new JwtCredentials({ ...who, audience: 'https://api.example/' }),
      () => new OnDemandJwtCredentials(who),
      () => new ServiceAccountCredentials(account),
      () => new ServiceAccountCredentials({ ...account, scopes: ['one'], alwaysUseJwtAccess: true }),
    ];
    async function said(credentials) {
      const headers = {};
      await credentials.beforeRequest(undefined, 'GET', 'https://api.example/v1', headers);
      const [header, claims] = headers.authorization.split('.', 2).map((part, index) => {
        return JSON.parse(Buffer.from(index === 0 ? part.slice('Bearer '.length) : part, 'base64url').toString());
      });
      const lifetime = claims.exp - claims.iat;
      return JSON.stringify([Object.keys(headers), header, { ...claims, iat: 0, exp: lifetime }]);
    }
    const plain = await Promise.all(kinds.map((make) => said(make())));
    for (const name of ${JSON.stringify(NAMES)}) {
      for (const value of ['polluted', 5, ['polluted'], { kid: 'polluted' }, AbortSignal.abort('polluted')]) {
        for (const [index, make] of kinds.entries()) {
          const credentials = make();
          Object.prototype[name] = value;
          const found = await said(credentials).catch((error) => String(error));
          delete Object.prototype[name];
          if (found !== plain[index]) console.log(name, typeof value, found);
        }
      }
    }`);

  expect(printed).toBe('');
});
