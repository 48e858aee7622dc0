import { describe, expect, test } from 'vitest';
import { untrustedFile, type EndpointPolicy } from 'credence';
import { readServiceAccountInfo } from '../../../src/credentials/service-account/service-account-info.js';
import { thrownBy } from '../../fixtures/http-answer.js';
import { everythingShown, piecesOf } from '../../fixtures/keys.js';
import { anInfo, EMAIL, PEM } from '../../fixtures/service-account.js';

const WHERE = 'the file key.json';

const read = (info: unknown, endpoints?: EndpointPolicy) => readServiceAccountInfo(info, { where: WHERE, endpoints });

test('Key, account, endpoint, projects and universe are read', () => {
  const { signer, ...facts } = read(anInfo({ quota_project_id: 'quota', universe_domain: 'example.cloud' }));

  expect([signer.keyId, signer.algorithm]).toEqual(['key-1', 'RS256']);
  expect(facts).toEqual({
    serviceAccountEmail: EMAIL,
    tokenUri: 'https://oauth2.googleapis.com/token',
    projectId: 'project',
    quotaProjectId: 'quota',
    universeDomain: 'example.cloud',
  });
});

test('What is not necessary may be left out', () => {
  const { signer, ...facts } = read({ client_email: EMAIL, private_key: PEM });

  expect(signer.keyId).toBeUndefined();
  expect(facts).toMatchObject({ tokenUri: 'https://oauth2.googleapis.com/token', projectId: undefined });
});

test.each([
  ['CRLF', PEM.replaceAll('\n', '\r\n')],
  ['literal \\n', PEM.replaceAll('\n', '\\n')],
  ['a byte order mark', `\uFEFF${PEM}`],
])('F66 A key with %s is understood', (_, pem) => {
  expect(read(anInfo({ private_key: pem })).signer.algorithm).toBe('RS256');
});

describe('F66 A fault is named, with the file and what to do, and nothing of a key is shown', () => {
  test.each([
    [{ type: 'authorized_user' }, 'wrong_type', '"authorized_user"'],
    [{ client_email: '' }, 'missing_fields', '"client_email"'],
    [{ private_key: undefined }, 'missing_fields', '"private_key"'],
    [{ client_email: 7 }, 'invalid_field', '"client_email"'],
    [{ quota_project_id: 'a b' }, 'invalid_field', '"quota_project_id"'],
    [{ project_id: 'project\r\nx-evil: 1' }, 'invalid_field', '"project_id"'],
    [{ universe_domain: 'not a domain' }, 'invalid_field', '"universe_domain"'],
    [{ private_key: PEM.slice(0, 400) }, 'invalid_key', '"private_key"'],
    [{ private_key: PEM.replace('BEGIN', 'BEGIN ENCRYPTED') }, 'invalid_key', '"private_key"'],
  ])('%j', (fault, code, name) => {
    const error = thrownBy(() => read(anInfo(fault)));

    expect(error).toMatchObject({ code, message: expect.stringContaining(name) as unknown });
    expect((error as Error).message.toLowerCase()).toContain(WHERE);
    const shown = everythingShown(error);
    expect(piecesOf(PEM).filter((piece) => shown.includes(piece))).toEqual([]);
  });

  test.each([null, [], 'text'])('no object: %j', (info) => {
    expect(thrownBy(() => read(info))).toMatchObject({ code: 'wrong_type' });
  });
});

describe('F67 An endpoint that the policy does not allow is refused', () => {
  test.each([
    ['http://evil.example/token', undefined],
    ['https://169.254.169.254/token', undefined],
    ['https://evil.example/token', untrustedFile],
    ['http://localhost:8080/token', untrustedFile],
  ])('token_uri %s', (token_uri, endpoints) => {
    expect(thrownBy(() => read(anInfo({ token_uri }), endpoints))).toMatchObject({
      code: 'endpoint_refused',
      message: expect.stringContaining('"token_uri" of the file key.json') as unknown,
    });
  });

  test('nor may a universe lead to other hosts', () => {
    const info = anInfo({ universe_domain: 'evil.example' });

    expect(thrownBy(() => read(info, untrustedFile))).toMatchObject({
      code: 'endpoint_refused',
      message: expect.stringContaining('"universe_domain" of the file key.json') as unknown,
    });
    expect(read(info).universeDomain).toBe('evil.example');
    expect(read(anInfo(), { hosts: ['oauth2.googleapis.com'] }).universeDomain).toBe('googleapis.com');
  });
});

test('F81 A polluted prototype supplies nothing', () => {
  Object.defineProperty(Object.prototype, 'quota_project_id', { value: 'polluted', configurable: true });
  try {
    expect(read(anInfo()).quotaProjectId).toBeUndefined();
    expect(read(JSON.parse(JSON.stringify(anInfo()).replace('{', '{"__proto__":{"project_id":"x"},'))).projectId).toBe(
      'project',
    );
  } finally {
    Reflect.deleteProperty(Object.prototype, 'quota_project_id');
  }
});
