import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pathOf, realTarget, unlessMissing } from '../../src/host/paths.js';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'credence-paths-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('pathOf', () => {
  test('A path stays as it is and a file: URL becomes one', () => {
    const path = join(folder, 'a b#c.json');

    expect([pathOf(path), pathOf(pathToFileURL(path))]).toEqual([path, path]);
  });
});

describe('realTarget', () => {
  test('Links of the file and of its directories are resolved', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'a.json'), '');
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    symlinkSync('a.json', join(folder, 'real', 'b.json'));

    expect(await realTarget(join(folder, 'linked', 'b.json'))).toBe(join(folder, 'real', 'a.json'));
  });

  test('A file that does not exist yet is placed in the real directory', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));

    expect(await realTarget(join(folder, 'linked', 'new.json'))).toBe(join(folder, 'real', 'new.json'));
  });

  test('A missing directory and a link that leads nowhere are errors', async () => {
    symlinkSync(join(folder, 'absent'), join(folder, 'dangling'));

    await expect(realTarget(join(folder, 'absent', 'a.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(realTarget(join(folder, 'dangling'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('unlessMissing', () => {
  test('Only the absence of a file is turned into undefined', async () => {
    const failing = (code: string): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));

    await expect(unlessMissing(failing('ENOENT'))).resolves.toBeUndefined();
    await expect(unlessMissing(failing('EACCES'))).rejects.toThrow('EACCES');
  });
});
