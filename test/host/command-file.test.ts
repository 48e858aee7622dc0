import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandFile, isFile } from '../../src/host/command-file.js';
import { needsPosix } from '../fixtures/needs.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const folder = temporaryFolder('command');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('commandFile', () => {
  beforeEach(needsPosix);

  test('It is the first file of that name on the PATH', () => {
    mkdirSync(join(folder.path, 'early', 'command'), { recursive: true });
    writeFileSync(folder.file, '');
    vi.stubEnv('PATH', ['/nowhere', join(folder.path, 'early'), folder.path, '/bin'].join(delimiter));

    expect(commandFile('command')).toBe(folder.file);
    expect(commandFile('credence-no-such-command')).toBeUndefined();
  });

  test('A path is taken as it is', () => {
    writeFileSync(folder.file, '');

    expect(commandFile(folder.file)).toBe(folder.file);
    expect(commandFile(`${folder.file}.none`)).toBeUndefined();
  });

  test('Without a PATH there is none', () => {
    vi.stubEnv('PATH', undefined);

    expect(commandFile('sh')).toBeUndefined();
  });
});

describe('isFile', () => {
  test('A folder is none, nor is what cannot be looked at', () => {
    writeFileSync(folder.file, '');
    chmodSync(folder.file, 0o600);

    expect([folder.file, folder.path, `${folder.file}/below`].map(isFile)).toEqual([true, false, false]);
  });
});
