import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../src/errors.js';
import { readSmallFile } from '../../src/host/files.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { outputOf, processes } from './holder.js';

const children = processes();
const folder = temporaryFolder();

describe('readSmallFile', () => {
  test('A file is read by path and by URL, without its byte order mark', async () => {
    writeFileSync(folder.file, '\uFEFF{"a":"\u00e9"}');

    expect(await readSmallFile(folder.file)).toBe('{"a":"\u00e9"}');
    expect(await readSmallFile(pathToFileURL(folder.file))).toBe('{"a":"\u00e9"}');
  });

  test('F61 Symbolic links are followed to a regular file, as mounted secrets need', async () => {
    mkdirSync(join(folder.path, '..data'));
    writeFileSync(join(folder.path, '..data', 'key.json'), 'text');
    symlinkSync(join('..data', 'key.json'), folder.file);

    expect(await readSmallFile(folder.file)).toBe('text');
  });

  test('A missing file, and one below what is no directory, is not found, and the error names the path', async () => {
    writeFileSync(folder.file, '');

    for (const path of [join(folder.path, 'absent.json'), join(folder.file, 'below.json')]) {
      await expect(readSmallFile(path)).rejects.toMatchObject({ code: 'file_not_found', retryable: false });
      await expect(readSmallFile(path)).rejects.toThrow(`Cannot read ${path}: `);
    }
  });

  test('F61 A directory is refused', async () => {
    await expect(readSmallFile(folder.path)).rejects.toMatchObject({ code: 'file_unsafe' });
  });

  test('F61 A FIFO that nobody writes to is refused at once', async () => {
    execFileSync('mkfifo', [folder.file]);

    await expect(readSmallFile(folder.file)).rejects.toThrow(
      `Refused to read ${folder.file}: it is a FIFO, not a regular file.`,
    );
  });

  test('F61 A device and a socket are refused', async () => {
    const server = createServer().listen(folder.file);
    await once(server, 'listening');

    await expect(readSmallFile('/dev/zero')).rejects.toMatchObject({ code: 'file_unsafe' });
    await expect(readSmallFile(folder.file)).rejects.toMatchObject({ code: 'file_unsafe' });

    server.close();
  });

  test('A file of 1 MiB is read and a larger one is refused', async () => {
    writeFileSync(folder.file, 'x'.repeat(1_048_576));
    expect(await readSmallFile(folder.file)).toHaveLength(1_048_576);

    truncateSync(folder.file, 1_048_577);
    await expect(readSmallFile(folder.file)).rejects.toThrow('it is larger than 1 MiB');
  });

  test('A file that the system gives no size for is read to its end', async () => {
    // Only Linux has such files; elsewhere an ordinary one is read.
    const path = process.platform === 'linux' ? '/proc/self/status' : folder.file;
    writeFileSync(folder.file, 'Pid:');

    expect(await readSmallFile(path)).toContain('Pid:');
  });

  test('A file that is not UTF-8 is refused without quoting it', async () => {
    writeFileSync(folder.file, Buffer.from('\uFEFF{"secret":1}', 'utf16le'));

    await expect(readSmallFile(folder.file)).rejects.toMatchObject({
      code: 'file_unreadable',
      message: `Cannot read ${folder.file}: it is not UTF-8 text. Save it as UTF-8.`,
    });
  });

  test('A file without permission is unreadable, and the error says what to check', async () => {
    writeFileSync(folder.file, 'text', { mode: 0o000 });
    chmodSync(folder.path, 0o755);
    const lines = `await library.readSmallFile(${JSON.stringify(folder.file)}).catch((error) => console.log(error.code, error.message));`;

    const output = await outputOf(children.start(lines, { unprivileged: true }));

    expect(output).toContain(
      `file_unreadable Cannot read ${folder.file}: permission is denied: check the owner and mode`,
    );
  });

  test('F62 The contents of a key given in place of its path are not in the error', async () => {
    for (const content of [
      '{"private_key":"secret"}',
      '-----BEGIN PRIVATE KEY-----secret',
      'secret\nsecret',
      'secret'.repeat(1_000),
    ]) {
      const error: unknown = await readSmallFile(content).catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as ConfigurationError).cause).toBeUndefined();
      expect(String(error)).not.toContain('secret');
    }
  });

  test.each([undefined, 7, '', 'a\0b', new URL('https://example.com/key.json')])(
    'What is neither a path nor a file: URL is a TypeError (%#)',
    async (path) => {
      await expect(readSmallFile(path as string)).rejects.toThrow(TypeError);
      await expect(readSmallFile(path as string)).rejects.toThrow('"path" must be a non-empty string or a file: URL');
    },
  );
});
