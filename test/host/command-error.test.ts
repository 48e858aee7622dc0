import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CommandError, notFound, startFailure } from '../../src/host/command-error.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const folder = temporaryFolder('command');

describe('startFailure', () => {
  test('A command that does not exist was not found', () => {
    const cause = Object.assign(new Error('spawn x ENOENT'), { code: 'ENOENT' });

    expect(startFailure('credence-no-such-command', cause)).toMatchObject({
      fault: 'not_found',
      system: 'ENOENT',
      cause,
    });
  });

  test('Of one that exists it is the interpreter that was not found', () => {
    const cause = Object.assign(new Error('spawn x ENOENT'), { code: 'ENOENT' });
    writeFileSync(folder.file, '#!/no/such/interpreter');

    const error = startFailure(folder.file, cause);

    expect(error).toMatchObject({ fault: 'interpreter_not_found', system: 'ENOENT', cause });
    expect(error.message).toContain(`The file ${folder.file} is there, but not the interpreter`);
  });

  test.each(['EACCES', 'ELOOP', 'ENAMETOOLONG', 'ENOTDIR'])(
    'One that is nowhere on the PATH was not found, whatever the system says of a folder there: %s',
    (code) => {
      const cause = Object.assign(new Error('spawn x'), { code });

      expect(startFailure('credence-no-such-command', cause)).toMatchObject({
        fault: 'not_found',
        system: code,
        cause,
      });
    },
  );

  test.each(['EACCES', 'ELOOP'])('One that is there was found, and could not be started: %s', (code) => {
    writeFileSync(folder.file, '');

    const error = startFailure(folder.file, Object.assign(new Error('spawn x'), { code }));

    expect(error).toMatchObject({ fault: 'not_started', system: code });
  });

  test('Of a path that may not be followed nobody knows whether the command is there', () => {
    const cause = Object.assign(new Error('spawn x'), { code: 'EACCES' });

    expect(startFailure(`${folder.path}/none`, cause)).toMatchObject({ fault: 'not_started', system: 'EACCES' });
  });

  test.each(['EINVAL', 'EMFILE', 'ERR_ACCESS_DENIED'])('%s is told as the reason', (code) => {
    const error = startFailure('x', Object.assign(new Error('spawn x'), { code }));

    expect(error).toMatchObject({ name: 'CommandError', fault: 'not_started', system: code });
    expect(error.message).toBe(`The command could not be started (${code}).`);
  });

  test('Whatever else is thrown is a failure too', () => {
    expect(startFailure('x', 'odd')).toMatchObject({ fault: 'not_started', system: 'unknown' });
  });
});

describe('notFound', () => {
  test('It is the same error without a cause', () => {
    const error = notFound();

    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ fault: 'not_found', system: 'ENOENT' });
    expect(error).not.toHaveProperty('cause');
  });
});
