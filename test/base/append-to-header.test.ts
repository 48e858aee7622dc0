import { expect, it } from 'vitest';
import { appendToHeader } from '../../src/base/append-to-header.js';
import type { HeadersLike } from '../../src/base/headers.js';
import { HEADER_KINDS, type Entries } from '../fixtures/header-kinds.js';

const RULES: readonly (readonly [string, Entries, string])[] = [
  ['is set where it is absent', [], 'b'],
  ['goes after what is there', [['x-goog-api-client', 'a']], 'a b'],
  ['goes after what is there in another case', [['X-Goog-Api-Client', 'a']], 'a b'],
  ['replaces what is empty', [['x-goog-api-client', '']], 'b'],
];

function entriesOf(headers: HeadersLike): Entries {
  const isIterable = headers instanceof Headers || headers instanceof Map;
  return (isIterable ? [...headers] : Object.entries(headers)) as Entries;
}

it.each(
  HEADER_KINDS.flatMap(([kind, make]) => RULES.map(([rule, before, after]) => ({ kind, make, rule, before, after }))),
)('In $kind, a part of a header $rule', ({ make, before, after }) => {
  const headers = make(before);

  appendToHeader(headers, 'x-goog-api-client', 'b');

  expect(entriesOf(headers)).toEqual([['x-goog-api-client', after]]);
});

it('Where headers have only a set method, it is called with the part alone', () => {
  const calls: unknown[] = [];

  appendToHeader({ set: (...call: unknown[]) => calls.push(call) }, 'x-goog-api-client', 'b');

  expect(calls).toEqual([['x-goog-api-client', 'b']]);
});
