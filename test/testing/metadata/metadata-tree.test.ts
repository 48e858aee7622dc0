import { expect, test } from 'vitest';
import type { MetadataDirectory, MetadataNode } from '../../../src/testing/metadata/metadata-tree.js';
import { findNode, isDirectory, nodeJson, nodeText } from '../../../src/testing/metadata/metadata-tree.js';

const TREE: MetadataDirectory = new Map<string, MetadataNode>([
  ['a-number', 7],
  ['some-lines', ['one', 'two']],
  ['an-endpoint', null],
  ['a-folder', new Map<string, MetadataNode>([['me@a-b.example', 'text']])],
]);

test('entries are found by their paths, with and without slashes at the ends', () => {
  expect(findNode(TREE, '')).toBe(TREE);
  expect(findNode(TREE, 'a-number')).toBe(7);
  expect(findNode(TREE, '/a-folder/me%40a-b.example/')).toBe('text');
  expect(findNode(TREE, 'an-endpoint')).toBe(null);
});

test('nothing is found below what is no directory, nor under names that are only inherited', () => {
  const paths = ['a-number/more', 'an-endpoint/more', 'missing', 'missing/more', 'constructor', '__proto__'];

  expect(paths.map((path) => findNode(TREE, path))).toEqual(paths.map(() => undefined));
});

test('text lists the entries of a directory, and the lines of a list', () => {
  expect(nodeText(TREE)).toBe('a-number\nsome-lines\nan-endpoint\na-folder/\n');
  expect(nodeText(['one', 'two'])).toBe('one\ntwo\n');
  expect(nodeText([])).toBe('');
  expect([nodeText(7), nodeText('text'), nodeText(null)]).toEqual(['7', 'text', '']);
});

test('JSON has the names in camel case, but for addresses, and leaves endpoints out', () => {
  expect(nodeJson(TREE)).toEqual({ aNumber: 7, someLines: ['one', 'two'], aFolder: { 'me@a-b.example': 'text' } });
});

test('directories are told from everything else', () => {
  expect([TREE, 7, 'text', ['one'], null].map((node) => isDirectory(node))).toEqual([true, false, false, false, false]);
});
