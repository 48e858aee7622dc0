import { describe, expect, test } from 'vitest';
import { CommandError } from '../../src/host/command-error.js';
import { windowsLaunch, type WindowsHost } from '../../src/host/windows-command.js';

const SDK = String.raw`C:\Program Files (x86)\Google & Co\bin`;
const BATCH = String.raw`${SDK}\gcloud.cmd`;

function host(files: readonly string[], env: Record<string, string> = {}): WindowsHost {
  const variables: Record<string, string> = {
    PATH: String.raw`C:\Windows;${SDK}`,
    SystemRoot: String.raw`C:\Windows`,
    ...env,
  };
  return { env: (name) => variables[name], isFile: (path) => files.includes(path) };
}

describe('windowsLaunch', () => {
  test('A program is started by itself, with its arguments as they are', () => {
    const file = String.raw`C:\Windows\tool.exe`;

    expect(windowsLaunch('tool', ['a b', '"%PATH%"'], host([file]))).toEqual({
      file,
      args: ['a b', '"%PATH%"'],
      verbatim: false,
    });
  });

  test('A batch file is given to cmd.exe as one line in which every word is quoted', () => {
    const launch = windowsLaunch('gcloud', ['config', "--account=o'neil+x@example.com"], host([BATCH]));

    expect(launch).toEqual({
      file: String.raw`C:\Windows\System32\cmd.exe`,
      args: ['/d', '/v:off', '/s', '/c', `""${BATCH}" "config" "--account=o'neil+x@example.com""`],
      verbatim: true,
    });
  });

  test.each(['a"b', '%PATH%', 'a&b', 'a|b', 'a>b', 'a^b', 'a!b', 'a\nb', 'a\\', '(a)', ''])(
    'An argument that cmd.exe could read as more than itself is refused: %j',
    (arg) => {
      const launch = (): unknown => windowsLaunch('gcloud', [arg], host([BATCH]));

      expect(launch).toThrow(CommandError);
      expect(launch).toThrow(expect.objectContaining({ fault: 'not_started' }));
    },
  );

  test.each(['%TEMP%', 'a!b', 'a\rb'])('So is a path that cannot be quoted: %j', (folder) => {
    const file = ['C:', folder, 'gcloud.cmd'].join('\\');

    expect(() => windowsLaunch(file, [], host([file]))).toThrow(expect.objectContaining({ fault: 'not_started' }));
  });

  test('A program is preferred to a batch file in the same folder, and an earlier folder to a later one', () => {
    const program = String.raw`${SDK}\gcloud.exe`;
    const earlier = String.raw`C:\Windows\gcloud.bat`;

    expect(windowsLaunch('gcloud', [], host([BATCH, program])).file).toBe(program);
    expect(windowsLaunch('gcloud', [], host([program, earlier])).args.at(-1)).toBe(`""${earlier}""`);
  });

  test('A path is taken as it is, with or without its extension', () => {
    for (const command of [BATCH, BATCH.slice(0, -'.cmd'.length)])
      expect(windowsLaunch(command, [], host([BATCH])).args.at(-1)).toBe(`""${BATCH}""`);
  });

  test('The shell script of the same name, which Windows cannot start, is passed over', () => {
    expect(() => windowsLaunch('gcloud', [], host([String.raw`${SDK}\gcloud`]))).toThrow(
      expect.objectContaining({ fault: 'not_found' }),
    );
  });

  test('Folders that are relative are not searched, nor is the one that we are in', () => {
    const files = ['gcloud.cmd', String.raw`.\gcloud.cmd`, String.raw`bin\gcloud.cmd`];

    expect(() => windowsLaunch('gcloud', [], host(files, { PATH: '.;bin;;' }))).toThrow(
      expect.objectContaining({ fault: 'not_found' }),
    );
  });

  test('Quotes around a folder of the PATH are no part of it', () => {
    expect(windowsLaunch('gcloud', [], host([BATCH], { PATH: `"${SDK}"` })).verbatim).toBe(true);
  });
});
