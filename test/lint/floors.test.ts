/** The rules of scripts/eslint, proven on snippets as if they stood in `src/`. */
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { architecture } from '../../scripts/eslint/architecture.mjs';
import { routeBetween } from '../../scripts/eslint/cycles.mjs';

const linter = new Linter();

/** The rules that a file breaks, each with the line it reports. */
function broken(filename: string, code: string): string[] {
  const text = code.startsWith('/*') ? code : `/** A file. */\n${code}`;
  const config = { ...architecture, files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser } };
  return linter.verify(text, config, { filename }).map(({ ruleId, message }) => ruleId ?? message);
}

describe('floors', () => {
  test.each([
    ['src/base/backoff.ts', `import { AccessToken } from '../tokens/access-token.js';`],
    ['src/tokens/token-cell.ts', `import { toTransport } from '../transport/request-like.js';`],
    ['src/oauth/form.ts', `import { retrying } from '../transport/retry.js';`],
    ['src/oauth/form.ts', `export { retrying } from '../transport/retry.js';`],
    ['src/oauth/form.ts', `export * from '../transport/retry.js';`],
    ['src/oauth/form.ts', `import { type Transport, retrying } from '../transport/retry.js';`],
    ['src/oauth/form.ts', `export const load = () => import('../transport/retry.js');`],
    ['src/credentials/user.ts', `import { authorizedFetch } from '../interop/fetch.js';`],
    ['src/errors.ts', `import { INSPECT } from './base/redacted.js';`],
    ['src/index.ts', `export { startEmulator } from './testing/emulator.js';`],
    ['src/novel/thing.ts', `export const a = 1;`],
  ])('%s may not hold: %s', (file, code) => {
    expect(broken(file, code)).toEqual(['credence/floors']);
  });

  test.each([
    ['src/oauth/form.ts', `import type { Transport } from '../transport/transport.js';`],
    ['src/oauth/form.ts', `import { type Transport } from '../transport/transport.js';`],
    ['src/oauth/form.ts', `export type { Transport } from '../transport/transport.js';`],
    ['src/oauth/form.ts', `export type T = import('../transport/transport.js').Transport;`],
    ['src/oauth/form.ts', `import { readString } from '../base/json.js';`],
    ['src/oauth/form.ts', `import { errorWord } from './description.js';`],
    ['src/credentials/user.ts', `import { revocationRequest } from '../oauth/revocation.js';`],
    ['src/credentials/user.ts', `export const load = () => import('../host/files.js');`],
    ['src/testing/emulator.ts', `import { RefreshError } from '../errors.js';`],
    ['src/index.ts', `export { UserCredentials } from './credentials/user.js';`],
  ])('%s may hold: %s', (file, code) => {
    expect(broken(file, code)).toEqual([]);
  });

  test('Nobody imports an entry file, not even for a type.', () => {
    const code = `import type { Credentials } from '../index.js';`;

    expect(broken('src/testing/emulator.ts', code)).toEqual(['credence/floors']);
  });
});

describe('doors', () => {
  test.each([
    'const a = Date.now();',
    `const a = Date['now']();`,
    'const { now } = Date;',
    'const a = globalThis.Date.now();',
    'const a = new Date();',
    'const a = () => performance.now();',
    'setTimeout(() => 1, 5);',
    'const wait = globalThis.setTimeout;',
    'const { setInterval } = globalThis;',
    'setImmediate(() => 1);',
    'const a = Math.random();',
    'const a = process.env.HOME;',
    'const { env } = process;',
    'const a = AbortSignal.timeout(5);',
    `import gaxios from 'gaxios';`,
    `const a = () => import('gaxios');`,
    `import { LRUCache } from 'lru-cache';`,
    `import jws from 'jws';`,
    `const fs = process.getBuiltinModule('node:fs');`,
    `const fs = process.getBuiltinModule('fs');`,
    `const fs = () => import('node:fs/promises');`,
    `const run = () => import('node:child_process');`,
    `const channels = process.getBuiltinModule('node:diagnostics_channel');`,
    `const timers = () => import('node:timers/promises');`,
  ])('A file of the library does not pass a door by: %s', (code) => {
    expect(broken('src/credentials/user.ts', code)).toEqual(['credence/doors']);
  });

  test.each([
    ['src/base/clock.ts', 'const a = () => Date.now() + performance.now() + Math.random(); setTimeout(a, 1);'],
    ['src/host/env.ts', 'const a = process.env.HOME;'],
    ['src/host/files.ts', `const fs = process.getBuiltinModule('node:fs');`],
    ['src/host/commands.ts', `const run = () => import('node:child_process');`],
    ['src/transport/gaxios.ts', `const load = () => import('gaxios');`],
    ['src/cache/lru.ts', `import { LRUCache } from 'lru-cache';`],
    ['src/jose/jws.ts', `import jws from 'jws';`],
    ['src/tokens/channels.ts', `const channels = process.getBuiltinModule('node:diagnostics_channel');`],
    ['src/transport/request-like.ts', `import type { Gaxios } from 'gaxios';`],
    ['src/credentials/user.ts', 'const a = new Date(5); const b = Date.parse("x"); clearTimeout(3);'],
    ['src/credentials/user.ts', 'const setTimeout = (run: () => void) => run(); setTimeout(() => 1);'],
    ['src/credentials/user.ts', 'export interface A { setTimeout: typeof setTimeout; at: Date; Math: Math }'],
    ['src/testing/emulator.ts', `import { readFile } from 'node:fs/promises'; const a = Date.now();`],
  ])('%s may hold: %s', (file, code) => {
    expect(broken(file, code)).toEqual([]);
  });
});

describe('quiet-load', () => {
  test.each([
    `import http from 'node:http';`,
    `import { createHash } from 'crypto';`,
    `export { connect } from 'node:net';`,
    'const kept = new Headers();',
    'const own = globalThis.fetch;',
    'class Mine extends Request {}',
    'const kept = globalThis.performance;',
    'const a = await Promise.resolve(1);',
    'for await (const a of []) void a;',
  ])('Loading a file of the library stays cheap, so it may not hold: %s', (code) => {
    expect(broken('src/credentials/user.ts', code)).toEqual(['credence/quiet-load']);
  });

  test.each([
    `import type { Agent } from 'node:http';`,
    `import { inspect } from 'node:util';`,
    `const load = () => import('node:http');`,
    'const make = () => new Headers();',
    'export function send(own: typeof fetch = fetch): unknown { return own; }',
    'export interface Options { headers: Headers; fetch: typeof fetch }',
    'const later = async () => await Promise.resolve(1);',
  ])('Loading on first use costs nothing before, so it may hold: %s', (code) => {
    expect(broken('src/credentials/user.ts', code)).toEqual([]);
  });

  test('The test kit may import node modules statically.', () => {
    expect(broken('src/testing/loopback-server.ts', `import http from 'node:http';`)).toEqual([]);
  });
});

describe('module-sentence', () => {
  test.each([
    '/* Not a doc comment. */\nexport const a = 1;',
    '/** No period at the end */\nexport const a = 1;',
    '/* First. */\n/** Then the sentence. */\nexport const a = 1;',
  ])('A file must open with a doc comment that ends in a period: %s', (code) => {
    expect(broken('src/oauth/form.ts', code)).toEqual(['credence/module-sentence']);
  });

  test.each(['And why.', '\n * @module', '@packageDocumentation'])('The sentence may go on with: %s', (rest) => {
    expect(broken('src/oauth/form.ts', `/**\n * What it is for.\n * ${rest}\n */\nexport const a = 1;`)).toEqual([]);
  });
});

describe('casts', () => {
  test.each(['const a = 1 as unknown;', 'const a = <unknown>1;', 'class K { other() { return {} as this; } }'])(
    'The compiler is not overruled: %s',
    (code) => {
      expect(broken('src/oauth/form.ts', code)).toEqual(['credence/casts']);
    },
  );

  test.each([
    ['src/oauth/form.ts', 'const a = [1] as const;'],
    ['src/credentials/user.ts', 'class K { copy() { return {} as this; } }'],
    ['src/base/json.ts', 'const a = JSON.parse("1") as unknown;'],
  ])('%s may hold: %s', (file, code) => {
    expect(broken(file, code)).toEqual([]);
  });
});

describe('cycles', () => {
  test('The way round a cycle is named file by file, by its shortest route.', () => {
    const imports: Record<string, string[]> = { a: ['b', 'c'], b: ['c'], c: ['a'] };

    const route = routeBetween('b', 'a', (file) => imports[file] ?? []);

    expect(route).toEqual(['b', 'c', 'a']);
  });

  test('Files that lead nowhere back are no cycle, even where others are.', () => {
    const imports: Record<string, string[]> = { b: ['c'], c: ['b'] };

    const route = routeBetween('b', 'a', (file) => imports[file] ?? []);

    expect(route).toBeUndefined();
  });
});
