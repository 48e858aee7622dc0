import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { AuthorizedUserText } from '../../../src/credentials/user/authorized-user-text.js';
import { FileAdoption } from '../../../src/credentials/user/file-adoption.js';
import { Grant } from '../../../src/tokens/grant.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const folder = temporaryFolder();
const INFO = { client_id: 'c', client_secret: 's', refresh_token: 'r', token_uri: 'https://example.com/token' };
const put = (fields: object = {}): Promise<void> => writeFile(folder.file, JSON.stringify({ ...INFO, ...fields }));

async function loaded(scopes?: string): Promise<{ adoption: FileAdoption; grant: Grant }> {
  await put();
  const clock = manualClock();
  const adoption = new FileAdoption(folder.file, new AuthorizedUserText(folder.file, undefined, clock), clock);
  await adoption.load(scopes);
  return { adoption, grant: new Grant('r') };
}

describe('what a file holds', () => {
  it('is not news where it is what was loaded', async () => {
    const { adoption, grant } = await loaded();

    expect(await adoption.adopt(grant)).toBeUndefined();
    expect(grant.generation).toBe(0);
  });

  it('F39 is taken over where it is new, once', async () => {
    const { adoption, grant } = await loaded();
    await put({ refresh_token: 'newer', token: 't', expiry: '2099-01-01T00:00:00Z' });

    const [first, second] = [await adoption.adopt(grant), await adoption.adopt(grant)];

    expect([first?.accessToken.value, second]).toEqual(['t', undefined]);
    expect([grant.refreshToken, grant.generation]).toEqual(['newer', 1]);
  });

  it('F28 is taken over without an access token for other scopes', async () => {
    const { adoption, grant } = await loaded('calendar');
    await put({ refresh_token: 'newer', token: 't', expiry: '2099-01-01T00:00:00Z', granted_scopes: 'drive' });

    expect(await adoption.adopt(grant)).toBeUndefined();
    expect(grant.refreshToken).toBe('newer');
  });

  it('is not taken over where it is another client’s, for as long as it is', async () => {
    const { adoption, grant } = await loaded();
    await put({ refresh_token: 'theirs', client_id: 'd' });
    const during = [await adoption.adopt(grant), adoption.isForeign, grant.refreshToken];

    await put({ refresh_token: 'newer' });
    await adoption.adopt(grant);

    expect(during).toEqual([undefined, true, 'r']);
    expect([adoption.isForeign, grant.refreshToken]).toEqual([false, 'newer']);
  });

  it('F60 is told to observers where it cannot be used, and costs nothing', async () => {
    const { adoption, grant } = await loaded();
    const told: unknown[] = [];
    const note = (message: unknown): void => void told.push(message);
    subscribe('credence:notice', note);

    await put({ token_uri: 'https://example.org/token' });
    await adoption.adopt(grant);
    await rm(folder.file);
    await adoption.adopt(grant);

    unsubscribe('credence:notice', note);
    expect(told).toMatchObject([
      { name: 'file_unusable', message: expect.stringContaining('for another client or server now') as string },
      { name: 'file_unusable', code: 'file_not_found' },
    ]);
    expect([adoption.isForeign, grant.refreshToken]).toEqual([false, 'r']);
  });

  it('F41 is known where it was seen or written here', async () => {
    const { adoption } = await loaded();

    adoption.saw('written');

    expect([adoption.knows({ refreshToken: 'written' }), adoption.knows({ refreshToken: 'r' })]).toEqual([true, false]);
  });
});
