import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { loadServiceAccountFile } from '../../../src/credentials/service-account/service-account-file.js';
import { anInfo, EMAIL } from '../../fixtures/service-account.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const folder = temporaryFolder();

test('It is read by its path or by its URL, and remembered as the source', async () => {
  writeFileSync(folder.file, JSON.stringify(anInfo()));

  for (const path of [folder.file, pathToFileURL(folder.file)]) {
    const own = await loadServiceAccountFile(path, { scopes: 'one' });

    expect(own).toMatchObject({ serviceAccountEmail: EMAIL, scopes: 'one', source: folder.file });
  }
});

test('F66 A fault is named with the path', async () => {
  writeFileSync(folder.file, JSON.stringify(anInfo({ private_key: 'no key' })));

  await expect(loadServiceAccountFile(folder.file, {})).rejects.toMatchObject({
    code: 'invalid_key',
    message: expect.stringContaining(`"private_key" of the file ${folder.file}`) as unknown,
  });
});

test.each(['', 7, new URL('https://example.com/key.json')])('A path that is none is a TypeError: %j', async (path) => {
  await expect(loadServiceAccountFile(path as string, {})).rejects.toThrow('"path"');
});
