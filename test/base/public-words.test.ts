import { expect, test } from 'vitest';
import { ERROR_WORDS, PUBLIC_WORDS } from '../../src/base/public-words.js';

test('Every public word is one word, and stands in the list once', () => {
  expect(PUBLIC_WORDS.filter((word) => !/^[\w.]+$/.test(word))).toEqual([]);
  expect(new Set(PUBLIC_WORDS).size).toBe(PUBLIC_WORDS.length);
});

test.each(['invalid_grant', 'invalid_client', 'invalid_scope', 'unauthorized_client', 'unsupported_grant_type'])(
  'The error word %s of RFC 6749 is public',
  (word) => {
    expect(ERROR_WORDS.has(word)).toBe(true);
    expect(PUBLIC_WORDS).toContain(word);
  },
);

test('No public word is the beginning of a token', () => {
  expect(PUBLIC_WORDS.filter((word) => /^(?:ya29|1\/\/|gocspx|eyj|aiza)/i.test(word))).toEqual([]);
});
