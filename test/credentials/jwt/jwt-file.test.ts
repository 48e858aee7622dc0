import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { jwtOptionsOfFile } from '../../../src/credentials/jwt/jwt-file.js';
import { anInfo, EMAIL } from '../../fixtures/service-account.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const folder = temporaryFolder();

test('It is read by its path or by its URL', async () => {
  writeFileSync(folder.file, JSON.stringify(anInfo()));

  expect((await jwtOptionsOfFile(folder.file, {})).issuer).toBe(EMAIL);
  expect((await jwtOptionsOfFile(pathToFileURL(folder.file), {})).issuer).toBe(EMAIL);
});

test('F60 An error names the file', async () => {
  await expect(jwtOptionsOfFile(folder.file, {})).rejects.toMatchObject({ code: 'file_not_found' });
  writeFileSync(folder.file, JSON.stringify(anInfo({ client_email: undefined })));

  await expect(jwtOptionsOfFile(folder.file, {})).rejects.toThrow(folder.file);
});
