import { describe, expect, test } from 'vitest';
import { untrustedFile } from 'credence';
import { CREDENTIAL_TYPES, LOADERS } from '../../src/adc/loaders.js';
import { bareMachine } from '../fixtures/adc.js';
import { anInfo } from '../fixtures/service-account.js';

const USER = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r' };
const INFOS = { authorized_user: USER, service_account: anInfo() } as const;

test('There is a loader for each type that is offered', () => {
  expect(Object.keys(LOADERS).sort()).toEqual([...CREDENTIAL_TYPES].sort());
});

describe.each(CREDENTIAL_TYPES)('%s', (type) => {
  test('is made of a file and of its contents alike', async () => {
    const { put } = await bareMachine();
    const path = await put('file.json', INFOS[type]);
    const options = { scopes: ['one'], quotaProjectId: 'quota' };

    const loaded = [await LOADERS[type].fromFile(path, options), LOADERS[type].fromInfo(INFOS[type], options)];

    for (const { credentials, projectId } of loaded) {
      expect([credentials.scopes, credentials.quotaProjectId]).toEqual([['one'], 'quota']);
      expect(projectId).toBe(type === 'service_account' ? 'project' : undefined);
    }
  });

  test('F67 hears which endpoints the file may name', async () => {
    const { put } = await bareMachine();
    const info = { ...INFOS[type], token_uri: 'https://evil.example/token', universe_domain: 'evil.example' };
    const load = () => LOADERS[type].fromInfo(info, { endpoints: untrustedFile });
    const path = await put('file.json', info);

    if (type === 'service_account')
      expect(load).toThrow(expect.objectContaining({ code: 'endpoint_refused' }) as Error);
    await expect(LOADERS[type].fromFile(path, { endpoints: { hosts: [] } })).rejects.toMatchObject({
      code: 'endpoint_refused',
    });
  });
});

test('Default scopes would narrow the consent of a user: only service accounts are given them', () => {
  const options = { defaultScopes: ['default'] };

  expect(LOADERS.authorized_user.fromInfo(USER, options).credentials.scopes).toBeUndefined();
  expect(LOADERS.service_account.fromInfo(anInfo(), options).credentials.defaultScopes).toEqual(['default']);
});
