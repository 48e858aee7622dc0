import { describe, expect, test } from 'vitest';
import { fileError, shownPath, systemCode, unsafeFile } from '../../src/host/file-errors.js';

const system = (code: string): Error => Object.assign(new Error(`${code}: it failed`), { code });

describe('fileError', () => {
  test.each([
    ['read', 'ENOENT', 'file_not_found', false],
    ['write', 'ENOTDIR', 'file_not_found', false],
    ['read', 'EACCES', 'file_unreadable', false],
    ['read', 'EISDIR', 'file_unsafe', false],
    ['read', 'EMFILE', 'file_unreadable', true],
    ['write', 'EROFS', 'file_unwritable', false],
    ['write', 'ENOSPC', 'file_unwritable', true],
    ['write', 'EIO', 'file_unwritable', true],
    ['write', 'EWHATEVER', 'file_unwritable', false],
  ] as const)('F59 To %s with %s becomes %s, worth another try: %s', (action, code, expected, retryable) => {
    const cause = system(code);

    const error = fileError(action, '/a/key.json', cause);

    expect(error).toMatchObject({ code: expected, retryable, cause });
    expect(error.message).toMatch(new RegExp(`^Cannot ${action} /a/key\\.json: .+ \\(${code}\\)\\.$`));
  });

  test('A path that looks like contents is neither shown nor kept in the cause', () => {
    const error = fileError('read', '{"private_key":"secret"}', system('ENOENT'));

    expect(error.cause).toBeUndefined();
    expect(error.message).toContain('(a path that looks like the contents of a file)');
  });
});

describe('shownPath', () => {
  test('An ordinary path is shown as it is', () => {
    expect(shownPath('C:\\Users\\Zo\u00eb\\key (1).json')).toBe('C:\\Users\\Zo\u00eb\\key (1).json');
  });
});

describe('unsafeFile', () => {
  test('The refusal names the path and the reason', () => {
    expect(unsafeFile('write', '/a/key.json', 'it is a trap').message).toBe(
      'Refused to write /a/key.json: it is a trap.',
    );
  });
});

describe('systemCode', () => {
  test('What carries no system code is unknown', () => {
    expect([systemCode(system('EIO')), systemCode(new Error('x')), systemCode('EIO')]).toEqual([
      'EIO',
      'unknown',
      'unknown',
    ]);
  });
});
