import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CredentialFiles } from '../../../src/testing/accounts/credential-files.js';

test('files written at once lie in one folder, each under its own name', async () => {
  const files = new CredentialFiles(new AbortController().signal);
  onTestFinished(() => files.remove());

  const paths = await Promise.all([files.write('kind', { number: 1 }), files.write('kind', { number: 2 })]);

  expect(new Set(paths).size).toBe(2);
  expect(new Set(paths.map(dirname)).size).toBe(1);
  expect(JSON.parse(await readFile(paths[1], 'utf8'))).toEqual({ number: 2 });
});

test('removing takes the folder away, twice if need be, and does nothing where nothing was written', async () => {
  const files = new CredentialFiles(new AbortController().signal);
  const path = await files.write('kind', {});

  await files.remove();
  await files.remove();
  await new CredentialFiles(new AbortController().signal).remove();

  expect(existsSync(dirname(path))).toBe(false);
});

test('what is being written when the emulator closes goes away too, and nothing is written after that', async () => {
  const closing = new AbortController();
  const files = new CredentialFiles(closing.signal);
  const writing = files.write('kind', {});

  closing.abort();
  await files.remove();

  expect(existsSync(dirname(await writing))).toBe(false);
  await expect(files.write('kind', {})).rejects.toThrow('The emulator is closed.');
});

test('removing takes the folder away though somebody is still taking and giving back a lock in it', async () => {
  const removed = await Promise.all(Array.from({ length: 20 }, removedWhileInUse));

  expect(removed.filter((path) => existsSync(dirname(path)))).toEqual([]);
});

/** The path of a file whose folder was removed while its lock came and went. */
async function removedWhileInUse(): Promise<string> {
  const files = new CredentialFiles(new AbortController().signal);
  const path = await files.write('kind', {});
  const removing = files.remove();
  for (let round = 0; round < 20; round += 1) {
    await mkdir(`${path}.lock`).catch(() => undefined);
    await writeFile(`${path}.lock/holder`, '').catch(() => undefined);
    await rm(`${path}.lock`, { recursive: true, force: true }).catch(() => undefined);
  }
  await removing;
  return path;
}
