import { expect, test } from 'vitest';
import { untrustedFile } from 'credence';
import { loadServiceAccount } from '../../../src/credentials/service-account/service-account-load.js';
import { anInfo, EMAIL } from '../../fixtures/service-account.js';

test('What the caller says goes before what the file says', () => {
  const info = anInfo({ quota_project_id: 'file' });

  const own = loadServiceAccount(info, 'the info', { quotaProjectId: 'caller', projectId: 'other', scopes: 'one' });

  expect(own).toMatchObject({
    quotaProjectId: 'caller',
    projectId: 'other',
    scopes: 'one',
    serviceAccountEmail: EMAIL,
  });
  expect(loadServiceAccount(info, 'the info', { quotaProjectId: undefined })).toMatchObject({ quotaProjectId: 'file' });
});

test('The key, the account and the endpoint are those of the file, whatever else is handed in', () => {
  const options = { signer: 'mine', serviceAccountEmail: 'mine', tokenUri: 'https://mine.example' } as object;

  const own = loadServiceAccount(anInfo(), 'the info', options);

  expect([own.serviceAccountEmail, own.tokenUri]).toEqual([EMAIL, anInfo().token_uri]);
  expect(own.signer.keyId).toBe('key-1');
});

test('F67 The policy of the caller judges the file', () => {
  const load = () => loadServiceAccount(anInfo({ token_uri: 'https://x.example' }), 'it', { endpoints: untrustedFile });

  expect(load).toThrow(expect.objectContaining({ code: 'endpoint_refused' }));
});

test('Options that are none are a TypeError', () => {
  expect(() => loadServiceAccount(anInfo(), 'the info', 7 as never)).toThrow('"options"');
});
