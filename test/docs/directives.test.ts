/** How examples are found on a page. */
import { expect, test } from 'vitest';
import { examplesOf } from './examples.js';

function page(...lines: string[]): string {
  return lines.join('\n');
}

test('A code block is found with its language, its text and its line.', () => {
  const markdown = page('# Title', '', '```ts', 'one();', '', 'two();', '```', 'Text.', '```', 'plain', '```');

  const examples = examplesOf('page.md', markdown);

  expect(examples).toMatchObject([
    { title: 'page.md:3', language: 'ts', code: 'one();\n\ntwo();', line: 3, needs: [], compiledOnly: undefined },
    { title: 'page.md:9', language: '', code: 'plain', line: 9 },
  ]);
});

test('A block inside a list loses the indentation of its fence.', () => {
  const [example] = examplesOf('page.md', page('- Item:', '', '  ```sh', '  npm ci', '    two', '  ```'));

  expect(example?.code).toBe('npm ci\n  two');
});

test('A longer fence may hold a shorter one.', () => {
  const examples = examplesOf('page.md', page('````md', '```ts', 'one();', '```', '````'));

  expect(examples.map(({ language }) => language)).toEqual(['md']);
});

test('The directives directly above a block say what it needs, and why it is not run.', () => {
  const above = [
    '<!-- example: needs one-thing, another -->',
    '',
    '<!-- example: compiled only, because it asks Google -->',
    '',
  ];

  const [example] = examplesOf('page.md', page(...above, '```ts', '```'));

  expect(example).toMatchObject({ needs: ['one-thing', 'another'], compiledOnly: 'it asks Google' });
});

test('A directive counts for one block only.', () => {
  const markdown = page('<!-- example: needs one-thing -->', '```ts', '```', '```ts', '```', 'Text.', '```ts', '```');

  const examples = examplesOf('page.md', markdown);

  expect(examples.map(({ needs }) => needs)).toEqual([['one-thing'], [], []]);
});

test('A misspelt directive is an error that says where it stands, so that no example loses its fixtures unnoticed.', () => {
  expect(() => examplesOf('page.md', page('<!-- example: need x -->', '```ts', '```'))).toThrow(/^page\.md:1 /);
});

test('A block that is never closed is an error that says where it begins.', () => {
  expect(() => examplesOf('page.md', page('Text.', '```ts', 'one();'))).toThrow(/^page\.md:2 /);
});
