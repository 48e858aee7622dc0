import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { replaceFile } from '../../src/host/files.js';
import { needsRoot } from '../fixtures/needs.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { outputOf, processes } from './holder.js';

const children = processes();
const folder = temporaryFolder();

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('replaceFile', () => {
  test('F62 A new file is made for its owner alone, whatever the umask', async () => {
    const lines = `process.umask(0o777); await library.replaceFile(${JSON.stringify(folder.file)}, 'text');`;

    await outputOf(children.start(lines));

    expect([readFileSync(folder.file, 'utf8'), modeOf(folder.file)]).toEqual(['text', 0o600]);
  });

  test('F62 A file that others may read is narrowed to its owner', async () => {
    writeFileSync(folder.file, 'old', { mode: 0o644 });

    await replaceFile(pathToFileURL(folder.file), 'new');

    expect([readFileSync(folder.file, 'utf8'), modeOf(folder.file)]).toEqual(['new', 0o600]);
    expect(readdirSync(folder.path)).toEqual(['key.json']);
  });

  test('F59 The file is replaced as a whole: who has the old one open reads the old text', async () => {
    writeFileSync(folder.file, 'old');
    const before = statSync(folder.file).ino;

    await replaceFile(folder.file, 'new');

    expect(statSync(folder.file).ino).not.toBe(before);
  });

  test('F61 A symbolic link stays, and the file that it leads to is replaced', async () => {
    mkdirSync(join(folder.path, 'real'), { mode: 0o700 });
    writeFileSync(join(folder.path, 'real', 'key.json'), 'old');
    symlinkSync(join('real', 'key.json'), folder.file);

    await replaceFile(folder.file, 'new');

    expect(readlinkSync(folder.file)).toBe(join('real', 'key.json'));
    expect(readFileSync(join(folder.path, 'real', 'key.json'), 'utf8')).toBe('new');
  });

  test('F61 A symbolic link that leads nowhere is not created through', async () => {
    symlinkSync(join(folder.path, 'planted'), folder.file);

    await expect(replaceFile(folder.file, 'new')).rejects.toMatchObject({ code: 'file_not_found' });

    expect(readdirSync(folder.path)).toEqual(['key.json']);
  });

  test('F61 A file with a second hard link is refused and left as it is', async () => {
    writeFileSync(folder.file, 'old');
    linkSync(folder.file, join(folder.path, 'second'));

    await expect(replaceFile(folder.file, 'new')).rejects.toMatchObject({ code: 'file_unsafe' });

    expect(readFileSync(folder.file, 'utf8')).toBe('old');
  });

  test('F61 A directory and a FIFO are not replaced', async () => {
    mkdirSync(join(folder.path, 'directory'));
    execFileSync('mkfifo', [folder.file]);

    await expect(replaceFile(join(folder.path, 'directory'), 'new')).rejects.toMatchObject({ code: 'file_unsafe' });
    await expect(replaceFile(folder.file, 'new')).rejects.toThrow('it is not a regular file');
  });

  test.each([0o770, 0o707, 0o1777])(
    'F61 A file in a directory that others may write to is refused, a sticky bit notwithstanding (mode %i)',
    async (mode) => {
      writeFileSync(folder.file, 'old');
      chmodSync(folder.path, mode);

      await expect(replaceFile(folder.file, 'new')).rejects.toThrow(
        `others may write to its directory. Run: chmod go-w '${folder.path}'`,
      );

      expect(readFileSync(folder.file, 'utf8')).toBe('old');
    },
  );

  test('F61 Root does not replace the files of others', async (context) => {
    needsRoot(context);

    writeFileSync(folder.file, 'old');
    execFileSync('chown', ['65534', folder.file]);

    await expect(replaceFile(folder.file, 'new')).rejects.toThrow('it belongs to another user');
  });

  test('F59 A write that fails half way leaves the old file whole and nothing beside it', async () => {
    writeFileSync(folder.file, 'old');
    const lines = `
      await library.replaceFile(${JSON.stringify(folder.file)}, 'x'.repeat(100_000)).catch((error) => console.log(error.code, error.message));
    `;

    // Not even root may write more than the limit allows.
    const output = await outputOf(children.start(lines, { before: "trap '' XFSZ; ulimit -f 8" }));

    expect(output).toContain(`file_unwritable Cannot write ${folder.file}: `);
    expect(readFileSync(folder.file, 'utf8')).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['key.json']);
  });
});
