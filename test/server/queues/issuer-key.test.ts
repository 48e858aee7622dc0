import { expect, test, vi } from 'vitest';
import { AnonymousCredentials, ClientCredentials, ServiceAccountCredentials, UserCredentials } from 'credence';
import { MetadataIdTokenCredentials } from '../../../src/credentials/metadata/metadata-id-token.js';
import { MetadataCredentials } from '../../../src/credentials/metadata/metadata.js';
import { issuerKeyOf, subjectOf } from '../../../src/server/queues/issuer-key.js';
import { metadataRelay } from '../../../src/server/sources/metadata-relay.js';
import { ScriptedCredentials } from '../../fixtures/scripted-credentials.js';
import { anInfo } from '../../fixtures/service-account.js';

const ISSUER = 'https://issuer.example.com/token';

function aUser(refreshToken: string, clientId = 'client', tokenUri = ISSUER): UserCredentials {
  return new UserCredentials({ refreshToken, clientId, clientSecret: 'hush', tokenUri });
}

test('Users of one client share a key, and it holds no secret.', () => {
  const key = issuerKeyOf(aUser('one'));

  expect(issuerKeyOf(aUser('two'))).toBe(key);
  expect(key).toBe(`${ISSUER} client`);
});

test('Another client and another token endpoint have keys of their own.', () => {
  const keys = [aUser('one'), aUser('one', 'other'), aUser('one', 'client', 'https://other.example.com/token')];

  expect(new Set(keys.map(issuerKeyOf)).size).toBe(3);
});

test('A client that asks for itself shares the key of its users.', () => {
  const client = new ClientCredentials({ tokenUri: ISSUER, clientId: 'client', clientSecret: 'hush' });

  expect(issuerKeyOf(client)).toBe(issuerKeyOf(aUser('one')));
});

test('All that ask the metadata server share a key.', () => {
  const key = issuerKeyOf(new MetadataCredentials());

  expect(typeof key).toBe('string');
  expect(issuerKeyOf(new MetadataCredentials({ serviceAccountEmail: 'a@example.com' }))).toBe(key);
  expect(issuerKeyOf(new MetadataIdTokenCredentials({ targetAudience: 'x' }))).toBe(key);
});

test('Another address of the metadata server has a key of its own, which copies of the credentials share.', () => {
  const transport = metadataRelay('http://127.0.0.1:8080', undefined);
  const relayed = new MetadataCredentials({ transport });

  const key = issuerKeyOf(relayed);

  expect(key).not.toBe(issuerKeyOf(new MetadataCredentials()));
  expect(issuerKeyOf(relayed.withScopes('a'))).toBe(key);
  expect(issuerKeyOf(new MetadataIdTokenCredentials({ targetAudience: 'x', transport }))).toBe(key);
  expect(
    issuerKeyOf(new MetadataCredentials({ transport: metadataRelay('http://127.0.0.1:8081', undefined) })),
  ).not.toBe(key);
});

test('The host that the environment names is part of the key.', () => {
  const before = issuerKeyOf(new MetadataCredentials());
  vi.stubEnv('GCE_METADATA_HOST', '127.0.0.1:8080');

  const key = issuerKeyOf(new MetadataCredentials());
  const relayed = issuerKeyOf(
    new MetadataCredentials({ transport: metadataRelay('http://127.0.0.1:8080', undefined) }),
  );

  vi.unstubAllEnvs();
  expect(key).not.toBe(before);
  expect(relayed).toBe(key);
});

test('F45 A handler in the place of a refresh token is a source of its own, whatever client stands beside it.', () => {
  const client = { clientId: 'client', clientSecret: 'hush', tokenUri: ISSUER };
  const [one, other] = [0, 1].map((index) => () => ({ token: `t-${String(index)}`, expiry: new Date() }));
  const handled = new UserCredentials({ ...client, refreshHandler: one });

  expect(issuerKeyOf(handled)).toBe(one);
  expect(issuerKeyOf(handled.withAccount('label'))).toBe(one);
  expect(issuerKeyOf(new UserCredentials({ ...client, refreshHandler: other }))).toBe(other);
  expect(issuerKeyOf(new UserCredentials({ ...client, refreshHandler: one, refreshToken: 'r' }))).toBe(
    issuerKeyOf(aUser('one')),
  );
});

test('A service account that signs its tokens itself shares the key of its signer, and not that of the token endpoint.', () => {
  const account = ServiceAccountCredentials.fromServiceAccountInfo(anInfo(), { scopes: 'a' });
  const signing = account.withAlwaysUseJwtAccess(true);
  const forAudience = ServiceAccountCredentials.fromServiceAccountInfo(anInfo(), {
    defaultAudience: 'https://a.test/',
  });

  expect(issuerKeyOf(signing)).toBe(signing.signer);
  expect(issuerKeyOf(signing.withScopes('b'))).toBe(signing.signer);
  expect(issuerKeyOf(forAudience)).toBe(forAudience.signer);
  expect(issuerKeyOf(account)).toBe(`${account.tokenUri} ${account.serviceAccountEmail}`);
  expect(issuerKeyOf(signing.withSubject('user@example.com'))).toBe(issuerKeyOf(account));
});

test('Credentials of which nothing is known stand for themselves.', () => {
  const [one, other] = [new ScriptedCredentials({}), new AnonymousCredentials()];

  expect(issuerKeyOf(one)).toBe(one);
  expect(issuerKeyOf(other)).toBe(other);
});

test('F82 So do those of a kind whose getter throws.', () => {
  class Broken extends ScriptedCredentials {
    get tokenUri(): string {
      throw new Error('broken');
    }
  }
  const broken = new Broken({});

  expect(issuerKeyOf(broken)).toBe(broken);
});

test('The user whom credentials act for is known where there is one.', () => {
  class Broken extends ScriptedCredentials {
    get subject(): string {
      throw new Error('broken');
    }
  }
  const forUser = ServiceAccountCredentials.fromServiceAccountInfo(anInfo(), { subject: 'user@example.com' });

  expect(subjectOf(forUser)).toBe('user@example.com');
  expect(subjectOf(aUser('one'))).toBeUndefined();
  expect(subjectOf(new Broken({}))).toBeUndefined();
});
