import { expect, test } from 'vitest';
import { ConfigurationError } from 'credence';
import { faultyPlace, nothingFound } from '../../src/adc/nothing-found.js';

const PASSED = [
  { place: 'one', reason: 'it is not set' },
  { place: 'two', reason: 'nobody answers', retryable: true },
];

test('Every place is listed, with why it was passed over and what to do', () => {
  const error = nothingFound('default credentials', PASSED, 'Do this.');

  expect(error).toBeInstanceOf(ConfigurationError);
  expect([error.code, error.message]).toEqual([
    'no_credentials',
    'No default credentials were found. Looked at:\n  - one: it is not set\n  - two: nobody answers\nDo this.',
  ]);
});

test('It may pass where one of the places may still hold something', () => {
  expect(nothingFound('x', PASSED, '').retryable).toBe(true);
  expect(nothingFound('x', PASSED.slice(0, 1), '').retryable).toBe(false);
});

test('A place that is set up wrongly is told with what was passed over before it', () => {
  const fault = new ConfigurationError('invalid_json', 'It is cut short.', { retryable: true });

  expect(faultyPlace(fault, PASSED)).toMatchObject({
    code: 'invalid_json',
    retryable: true,
    cause: fault,
    message: 'It is cut short.\nPassed over before it:\n  - one: it is not set\n  - two: nobody answers',
  });
  expect(faultyPlace(fault, [])).toBe(fault);
});

test('What is no error about a place stays what it is', () => {
  const reason = new Error('aborted');

  expect(faultyPlace(reason, PASSED)).toBe(reason);
  expect(faultyPlace('gone', PASSED)).toBe('gone');
});
