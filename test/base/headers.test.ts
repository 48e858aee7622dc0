import { ClientRequest } from 'node:http';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { setHeader, type HeadersLike } from '../../src/base/headers.js';
import { HEADER_KINDS, type Entries } from '../fixtures/header-kinds.js';

function entriesOf(headers: HeadersLike): Entries {
  const isIterable = headers instanceof Headers || headers instanceof Map;
  return (isIterable ? [...headers] : Object.entries(headers)) as Entries;
}

describe.each(HEADER_KINDS)('In %s', (_, make) => {
  it('a header is set where it is absent, and the others stay', () => {
    const headers = make([['accept', 'text/plain']]);

    setHeader(headers, 'authorization', 'Bearer new');

    expect(entriesOf(headers).sort()).toEqual([
      ['accept', 'text/plain'],
      ['authorization', 'Bearer new'],
    ]);
  });

  it.each(['authorization', 'Authorization', 'AUTHORIZATION'])('a header is replaced that stands as %s', (name) => {
    const headers = make([[name, 'Bearer old']]);

    setHeader(headers, 'authorization', 'Bearer new');

    expect(entriesOf(headers)).toEqual([['authorization', 'Bearer new']]);
  });

  it('a header of another name that is as long stays', () => {
    const headers = make([['authorisation', 'x']]);

    setHeader(headers, 'authorization', 'Bearer new');

    expect(entriesOf(headers)).toContainEqual(['authorisation', 'x']);
  });
});

describe('Headers of other kinds', () => {
  it('are told by their set method: one is called with what is to be set', () => {
    const calls: unknown[] = [];

    setHeader({ set: (...call: unknown[]) => calls.push(call) }, 'authorization', 'Bearer new');

    expect(calls).toEqual([['authorization', 'Bearer new']]);
  });

  it('may have a header named "set" in a plain object', () => {
    const headers = { set: 'x' };

    setHeader(headers, 'authorization', 'Bearer new');

    expect(headers).toEqual({ set: 'x', authorization: 'Bearer new' });
  });

  it('F81 in a plain object leave its prototype alone', () => {
    const shared = { Authorization: 'Bearer shared' };
    const headers = Object.create(shared) as Record<string, unknown>;

    setHeader(headers, 'authorization', 'Bearer new');

    expect(shared).toEqual({ Authorization: 'Bearer shared' });
    expect(Object.entries(headers)).toEqual([['authorization', 'Bearer new']]);
  });

  it('may come from another realm', () => {
    const headers = runInNewContext("({ Authorization: 'Bearer old' })") as Record<string, unknown>;

    setHeader(headers, 'authorization', 'Bearer new');

    expect(Object.entries(headers)).toEqual([['authorization', 'Bearer new']]);
  });

  it.each<[string, object]>([
    ['a ClientRequest', Object.create(ClientRequest.prototype) as object],
    ['a Set', new Set(['authorization'])],
    ['a Date', new Date(0)],
    ['an array of another realm', runInNewContext('[]') as object],
    ['an instance of a class', new (class Config {})()],
    ['an instance below an instance', Object.create(new (class Config {})()) as object],
    ['a String', Object('authorization: x') as object],
  ])('F82 are refused where they are %s: a header set there would go nowhere', (_what, headers) => {
    expect(() => {
      setHeader(headers as HeadersLike, 'authorization', 'Bearer new');
    }).toThrow(new TypeError('"headers" must be a Headers, a Map, or a plain object of header names and values'));
    expect(Object.hasOwn(headers, 'authorization')).toBe(false);
  });

  it.each([[undefined], [null], ['authorization: x'], [7], [[['authorization', 'x']]], [[]]])(
    'are refused where they are %j',
    (headers) => {
      expect(() => {
        setHeader(headers as unknown as HeadersLike, 'authorization', 'Bearer new');
      }).toThrow(new TypeError('"headers" must be a Headers, a Map, or a plain object of header names and values'));
    },
  );
});
