import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { pathOf, realTarget, unlessMissing } from '../../src/host/paths.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const folder = temporaryFolder();

describe('pathOf', () => {
  test('A path stays as it is and a file: URL becomes one', () => {
    const path = join(folder.path, 'a b#c.json');

    expect([pathOf(path), pathOf(pathToFileURL(path))]).toEqual([path, path]);
  });
});

describe('realTarget', () => {
  test('Links of the file and of its directories are resolved', async () => {
    mkdirSync(join(folder.path, 'real'));
    writeFileSync(join(folder.path, 'real', 'a.json'), '');
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'linked'));
    symlinkSync('a.json', join(folder.path, 'real', 'b.json'));

    expect(await realTarget(join(folder.path, 'linked', 'b.json'))).toBe(join(folder.path, 'real', 'a.json'));
  });

  test('A file that does not exist yet is placed in the real directory', async () => {
    mkdirSync(join(folder.path, 'real'));
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'linked'));

    expect(await realTarget(join(folder.path, 'linked', 'new.json'))).toBe(join(folder.path, 'real', 'new.json'));
  });

  test('A missing directory and a link that leads nowhere are errors', async () => {
    symlinkSync(join(folder.path, 'absent'), join(folder.path, 'dangling'));

    await expect(realTarget(join(folder.path, 'absent', 'a.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(realTarget(join(folder.path, 'dangling'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('unlessMissing', () => {
  test('Only the absence of a file is turned into undefined', async () => {
    const failing = (code: string): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));

    await expect(unlessMissing(failing('ENOENT'))).resolves.toBeUndefined();
    await expect(unlessMissing(failing('EACCES'))).rejects.toThrow('EACCES');
  });
});
