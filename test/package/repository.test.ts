/** Promises that the repository keeps as a whole. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../src/google/version.js';
import { ROOT } from './scratch-project.js';

/** Files whose test is elsewhere, and where. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  'src/index.ts': 'test/package/packed.test.ts',
  'src/adc/calls.ts': 'test/adc/on-first-use.test.ts',
  'src/adc/id-token-search.ts': 'test/adc/id-token.test.ts',
  'src/adc/place.ts': 'test/adc/search.test.ts',
  'src/interop/index.ts': 'test/package/packed.test.ts',
  'src/server/index.ts': 'test/package/packed.test.ts',
  'src/testing/index.ts': 'test/package/packed.test.ts',
  'src/credentials/first-use.ts': 'test/credentials/on-first-use.test.ts',
  'src/google/version.ts': 'test/package/repository.test.ts',
  'src/testing/faults/fault.ts': 'test/testing/faults/fault-reading.test.ts',
  'src/transport/fetch-transport.ts': 'test/transport/fetch.test.ts',
  'src/transport/gaxios-transport.ts': 'test/transport/gaxios.test.ts',
  'src/transport/limits.ts': 'test/contract/transport.ts',
};

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** What is committed, and what would be by `git add .`. */
function repositoryFiles(): string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return files.filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
}

function isTypeOnly(file: string): boolean {
  return transformSync(read(file), { loader: 'ts', legalComments: 'none' }).code.trim() === '';
}

describe('Nothing in the repository depends on where it was written', () => {
  // Spelt with escapes, so that this file does not break its own rule.
  test.each([
    ['names the host of a registry', /\bregi[s]try\.[a-z0-9-]+\.[a-z]{2,}/i],
    ['holds a path of one machine', /(?<![\w.:/@-])\/(wor[k]|roo[t])\//],
    ['holds a path of one person', /(?<![\w.:/@-])\/hom[e]\/[a-z]/],
    ['says where a package was fetched', /"resolve[d]": "http/],
  ])('No file %s.', (_, pattern) => {
    const offenders = repositoryFiles().filter((file) => pattern.test(read(file)));

    expect(offenders).toEqual([]);
  });
});

test('The library tells Google the version that package.json has.', () => {
  const { version } = JSON.parse(read('package.json'));

  expect(VERSION).toBe(version);
});

test('The change log has a section for the version of package.json.', () => {
  const { version } = JSON.parse(read('package.json'));

  expect(read('CHANGELOG.md')).toContain(`\n## [${version}]`);
});

test('Every source file that does something has its test at the mirrored path.', () => {
  const sources = repositoryFiles().filter((file) => file.startsWith('src/') && file.endsWith('.ts'));

  const untested = sources.filter((file) => {
    const twin = TESTED_ELSEWHERE[file] ?? file.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts');
    return !existsSync(path.join(ROOT, twin)) && !isTypeOnly(file);
  });

  expect(untested).toEqual([]);
});

test('The list of files tested elsewhere names no file that is gone.', () => {
  const files = Object.entries(TESTED_ELSEWHERE).flat();

  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('Every error code has a row in docs/errors.md, and every row a code.', () => {
  const codes = [...read('src/errors.ts').matchAll(/^ {2}\| '(?<code>[a-z_]+)'/gm)].map(
    ({ groups }) => groups!['code']!,
  );

  const rows = [...read('docs/errors.md').matchAll(/^\| *`(?<code>[a-z_]+)`/gm)].map(({ groups }) => groups!['code']!);

  expect(codes.length).toBeGreaterThan(0);
  expect([...new Set(rows)].sort()).toEqual([...new Set(codes)].sort());
});
