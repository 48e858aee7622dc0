import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replaceFile } from '../../src/host/files.js';
import { outputOf, processes, type Processes } from './holder.js';

let children: Processes;
let folder: string;
let file: string;

beforeAll(async () => {
  children = await processes();
});
afterAll(() => children[Symbol.dispose]());
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'credence-files-')));
  file = join(folder, 'key.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('replaceFile', () => {
  test('F62 A new file is made for its owner alone, whatever the umask', async () => {
    const lines = `process.umask(0o777); await library.replaceFile(${JSON.stringify(file)}, 'text');`;

    await outputOf(children.start(lines));

    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['text', 0o600]);
  });

  test('F62 A file that others may read is narrowed to its owner', async () => {
    writeFileSync(file, 'old', { mode: 0o644 });

    await replaceFile(pathToFileURL(file), 'new');

    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['new', 0o600]);
    expect(readdirSync(folder)).toEqual(['key.json']);
  });

  test('F59 The file is replaced as a whole: who has the old one open reads the old text', async () => {
    writeFileSync(file, 'old');
    const before = statSync(file).ino;

    await replaceFile(file, 'new');

    expect(statSync(file).ino).not.toBe(before);
  });

  test('F61 A symbolic link stays, and the file that it leads to is replaced', async () => {
    mkdirSync(join(folder, 'real'), { mode: 0o700 });
    writeFileSync(join(folder, 'real', 'key.json'), 'old');
    symlinkSync(join('real', 'key.json'), file);

    await replaceFile(file, 'new');

    expect(readlinkSync(file)).toBe(join('real', 'key.json'));
    expect(readFileSync(join(folder, 'real', 'key.json'), 'utf8')).toBe('new');
  });

  test('F61 A symbolic link that leads nowhere is not created through', async () => {
    symlinkSync(join(folder, 'planted'), file);

    await expect(replaceFile(file, 'new')).rejects.toMatchObject({ code: 'file_not_found' });

    expect(readdirSync(folder)).toEqual(['key.json']);
  });

  test('F61 A file with a second hard link is refused and left as it is', async () => {
    writeFileSync(file, 'old');
    linkSync(file, join(folder, 'second'));

    await expect(replaceFile(file, 'new')).rejects.toMatchObject({ code: 'file_unsafe' });

    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('F61 A directory and a FIFO are not replaced', async () => {
    mkdirSync(join(folder, 'directory'));
    execFileSync('mkfifo', [file]);

    await expect(replaceFile(join(folder, 'directory'), 'new')).rejects.toMatchObject({ code: 'file_unsafe' });
    await expect(replaceFile(file, 'new')).rejects.toThrow('it is not a regular file');
  });

  test.each([0o770, 0o707, 0o1777])(
    'F61 A file in a directory that others may write to is refused, a sticky bit notwithstanding (mode %i)',
    async (mode) => {
      writeFileSync(file, 'old');
      chmodSync(folder, mode);

      await expect(replaceFile(file, 'new')).rejects.toThrow(
        `others may write to its directory. Run: chmod go-w '${folder}'`,
      );

      expect(readFileSync(file, 'utf8')).toBe('old');
    },
  );

  test.runIf(process.getuid?.() === 0)('F61 Root does not replace the files of others', async () => {
    writeFileSync(file, 'old');
    execFileSync('chown', ['65534', file]);

    await expect(replaceFile(file, 'new')).rejects.toThrow('it belongs to another user');
  });

  test('F59 A write that fails half way leaves the old file whole and nothing beside it', async () => {
    writeFileSync(file, 'old');
    const lines = `
      await library.replaceFile(${JSON.stringify(file)}, 'x'.repeat(100_000)).catch((error) => console.log(error.code, error.message));
    `;

    // Not even root may write more than the limit allows.
    const output = await outputOf(children.start(lines, { before: "trap '' XFSZ; ulimit -f 8" }));

    expect(output).toContain(`file_unwritable Cannot write ${file}: `);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['key.json']);
  });
});
