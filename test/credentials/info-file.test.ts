import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readInfoFile } from '../../src/credentials/info-file.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const folder = temporaryFolder();

test('The object in the file is given, with or without a byte order mark', async () => {
  for (const mark of ['', '\uFEFF']) {
    writeFileSync(folder.file, `${mark}{ "type": "any", "nested": { "a": 1 } }`);

    expect({ ...(await readInfoFile(folder.file)) }).toEqual({ type: 'any', nested: { a: 1 } });
  }
});

test.each(['', '{', '[]', '"text"', '{ "type": "any" } more'])(
  'F60 A file that holds no object is named, and nothing of it quoted: %j',
  async (content) => {
    writeFileSync(folder.file, content);

    await expect(readInfoFile(folder.file)).rejects.toMatchObject({
      code: 'invalid_json',
      message: `The file ${folder.file} is not a JSON object. Was it cut short, or is it another file? It was left as it is.`,
    });
  },
);

test('F60 A file that is not there is named', async () => {
  await expect(readInfoFile(folder.file)).rejects.toMatchObject({
    code: 'file_not_found',
    message: expect.stringContaining(folder.file) as unknown,
  });
});
