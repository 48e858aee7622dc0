import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { AccessToken, TokenSet } from 'credence';
import { manualClock } from 'credence/testing';
import { untrustedFile } from '../../../src/base/url.js';
import { AuthorizedUserText, fieldsOf } from '../../../src/credentials/user/authorized-user-text.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const folder = temporaryFolder();
const INFO = { client_id: 'c', client_secret: 's', refresh_token: 'r', token_uri: 'https://example.com/token' };
const text = (): AuthorizedUserText => new AuthorizedUserText(folder.file, undefined, manualClock());

describe('the text of a file', () => {
  it('is read into options, with all its fields beside them', async () => {
    await writeFile(folder.file, JSON.stringify({ ...INFO, custom: 1 }));

    const { record, options } = await text().read();

    expect(record).toEqual({ ...INFO, custom: 1 });
    expect(options).toMatchObject({ clientId: 'c', refreshToken: 'r', tokenUri: 'https://example.com/token' });
  });

  it('must be a JSON object', async () => {
    await writeFile(folder.file, '[');

    await expect(text().read()).rejects.toMatchObject({ code: 'invalid_json' });
  });

  it('F67 must name an endpoint that the policy allows', async () => {
    await writeFile(folder.file, JSON.stringify({ ...INFO, token_uri: 'http://127.0.0.1/token' }));

    const reading = new AuthorizedUserText(folder.file, untrustedFile, manualClock()).read();

    await expect(reading).rejects.toMatchObject({ code: 'endpoint_refused' });
  });

  it('is written with the new fields, without those that are undefined, and with all others as they were', async () => {
    await writeFile(folder.file, JSON.stringify({ ...INFO, custom: 1, granted_scopes: ['a'] }));
    const contents = await text().read();

    await text().write(contents, { token: 't', granted_scopes: undefined });

    expect(JSON.parse(await readFile(folder.file, 'utf8'))).toEqual({ ...INFO, custom: 1, token: 't' });
  });
});

describe('the fields of tokens', () => {
  it('are those that the file knows', () => {
    const accessToken = new AccessToken('t', { expiresAt: 0 });

    expect(fieldsOf(new TokenSet({ accessToken, refreshToken: 'r', idToken: 'i', grantedScopes: ['a'] }))).toEqual({
      token: 't',
      expiry: '1970-01-01T00:00:00Z',
      refresh_token: 'r',
      id_token: 'i',
      granted_scopes: ['a'],
    });
  });

  it('clear the end and the scopes of an earlier token, and leave the refresh token and the ID token alone', () => {
    const fields = fieldsOf(new TokenSet({ accessToken: new AccessToken('t') }));

    expect(Object.keys(fields)).toEqual(['token', 'expiry', 'granted_scopes']);
    expect(fields).toEqual({ token: 't', expiry: undefined, granted_scopes: undefined });
  });
});
