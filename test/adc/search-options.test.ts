import { describe, expect, test } from 'vitest';
import { fetchTransport, untrustedFile } from 'credence';
import { searchOptions } from '../../src/adc/search-options.js';

test('What is searched with and what is asked for are told apart', () => {
  const request = fetchTransport();
  const { signal } = new AbortController();

  const { load, ...rest } = searchOptions({
    ...{ request, signal, scopes: 'one two', defaultScopes: ['three'] },
    ...{ quotaProjectId: 'quota', endpoints: untrustedFile, unknown: 1 },
  });

  expect(rest).toEqual({ request, signal, scopes: ['one', 'two'], defaultScopes: ['three'] });
  expect({ ...load }).toEqual({ quotaProjectId: 'quota', endpoints: untrustedFile });
});

test('F81 A polluted prototype supplies nothing', () => {
  Object.defineProperty(Object.prototype, 'request', { value: 7, configurable: true });
  try {
    expect(searchOptions({}).request).toBeUndefined();
  } finally {
    Reflect.deleteProperty(Object.prototype, 'request');
  }
});

test('F55 A signal that has aborted ends it', () => {
  expect(() => searchOptions({ signal: AbortSignal.abort(new Error('gone')) })).toThrow('gone');
});

describe('A wrong option is a TypeError that names it, whatever will be found', () => {
  test.each([
    [{ request: {} }, '"request"'],
    [{ transport: 7 }, '"transport"'],
    [{ signal: {} }, '"signal"'],
    [{ clock: {} }, '"clock'],
    [{ scopes: 7 }, '"scopes"'],
    [{ defaultScopes: [7] }, '"defaultScopes[0]"'],
    [{ quotaProjectId: 'a b' }, '"quotaProjectId"'],
    [{ universeDomain: 'no domain' }, '"universeDomain"'],
    [{ endpoints: { hots: [] } }, '"endpoints"'],
    [7, '"options"'],
  ])('%j', (options, name) => {
    expect(() => searchOptions(options as never)).toThrow(name);
  });
});
