import { runInNewContext } from 'node:vm';
import { describe, expect, it, test } from 'vitest';
import { classNameOf, codeOfThrown, framesOf, isError, kindOfThrown, read } from '../../src/base/thrown.js';

test('A property whose getter throws reads as undefined', () => {
  const hostile = {
    get code(): string {
      throw new Error('no');
    },
  };

  expect([read(hostile, 'code'), read({ code: 5 }, 'code'), read({}, 'code')]).toEqual([undefined, 5, undefined]);
});

test('An error of another realm is an error, and what only looks like one is none', () => {
  expect(isError(runInNewContext('new TypeError("x")'))).toBe(true);
  expect(isError(new DOMException('x', 'AbortError'))).toBe(true);
  expect([{ message: 'x' }, 'x', null, undefined].map(isError)).toEqual([false, false, false, false]);
});

test.each([
  [new TypeError('x'), 'TypeError'],
  [new DOMException('x', 'AbortError'), 'AbortError'],
  [Object.assign(new Error('x'), { name: 'secret words' }), 'an Error'],
  [Object.assign(new Error('x'), { name: 'AIzaSySecret' }), 'an Error'],
  [Object.assign(new Error('x'), { name: 5 }), 'an Error'],
  ['secret', 'a value of type string'],
  [undefined, 'a value of type undefined'],
  [null, 'null'],
])('F82 %s is called %s in a message', (thrown, kind) => {
  expect(kindOfThrown(thrown)).toBe(kind);
});

describe('A code or a name', () => {
  it.each(['ECONNRESET', 'auth/user-disabled', 'invalid_grant', 'ERR_BAD.1'])('is told where it is one: %s', (code) => {
    expect(codeOfThrown(Object.assign(new Error('x'), { code }))).toBe(code);
  });

  it.each(['ya29.secret', 'GOCSPX-secret', 'two words', 'x'.repeat(62), '', 7, { code: 'x' }])(
    'F78 is left out where it may be anything: %j',
    (code) => {
      expect(codeOfThrown(Object.assign(new Error('x'), { code }))).toBeUndefined();
      expect(classNameOf(Object.assign(new Error('x'), { name: code }))).toBeUndefined();
    },
  );
});

test('The frames of a stack begin below the message, even where that quotes frames of another machine', () => {
  const [heading, ...frames] = framesOf(new Error('remote:\n    at secret (/srv/x.js:1:1)'));

  expect(heading).toBe('Error: remote:\n    at secret (/srv/x.js:1:1)');
  expect(frames[0]).toContain('thrown.test');
  expect(framesOf(Object.assign(new Error('x'), { stack: undefined }))).toEqual(['']);
});

test('An error is called by its class where it was never given a name', () => {
  class BrokerError extends Error {}

  expect(classNameOf(new BrokerError('x'))).toBe('BrokerError');
  expect(classNameOf(Object.assign(new BrokerError('x'), { name: 'OtherError' }))).toBe('OtherError');
  expect(classNameOf(Object.assign(new Error('x'), { constructor: undefined }))).toBe('Error');
});
