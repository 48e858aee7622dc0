import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { secretKey } from '../../src/cache/secret-key.js';

test('The same parts give the same key, and any others another', () => {
  expect(secretKey('issuer', 'secret')).toBe(secretKey('issuer', 'secret'));
  expect(secretKey('issuer', 'secret')).not.toBe(secretKey('secret', 'issuer'));
});

test.each([
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [['a', ''], ['a']],
  [['a","b'], ['a', 'b']],
  [['a\0b'], ['a', 'b']],
  [['é'], ['e\u0301']],
  [['\ud800'], ['\ud801']],
  [['x'.repeat(100_000)], [`${'x'.repeat(99_999)}y`]],
])('F68 No part reaches into the next (case %#)', (one, other) => {
  expect(secretKey(...one)).not.toBe(secretKey(...other));
});

test('F78 A key tells nothing of its parts, not even to whoever guesses them', () => {
  const key = secretKey('1234');

  const guesses = ['1234', '["1234"]'].map((guess) => createHash('sha256').update(guess).digest('base64url'));
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(guesses).not.toContain(key);
});

test('F78 Another process makes other keys', () => {
  const module = JSON.stringify(fileURLToPath(new URL('../../src/cache/secret-key.ts', import.meta.url)));
  const code = `
    import { transformSync } from 'esbuild';
    import { readFileSync } from 'node:fs';
    const { code } = transformSync(readFileSync(${module}, 'utf8'), { loader: 'ts' });
    const { secretKey } = await import('data:text/javascript,' + encodeURIComponent(code));
    process.stdout.write(secretKey('1234'));`;

  const key = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });

  expect(key).toMatch(/^[\w-]{43}$/);
  expect(key).not.toBe(secretKey('1234'));
});
