import { expect, test } from 'vitest';
import { AnonymousCredentials, ClientCredentials, ServiceAccountCredentials, UserCredentials } from 'credence';
import { MetadataIdTokenCredentials } from '../../src/credentials/metadata-id-token.js';
import { MetadataCredentials } from '../../src/credentials/metadata.js';
import { issuerKeyOf, subjectOf } from '../../src/server/issuer-key.js';
import { ScriptedCredentials } from '../fixtures/scripted-credentials.js';
import { anInfo } from '../fixtures/service-account.js';

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
