import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { WITHHELD } from '../../src/base/quotable.js';
import { safeError } from '../../src/base/safe-error.js';
import {
  ConfigurationError,
  CredenceError,
  RefreshError,
  TransportError,
  VerificationError,
} from '../../src/errors.js';

const SECRET = 'correct-horse-battery';
const revealing = (): Error => Object.assign(new Error('failed'), { config: { data: SECRET } });

test('An error stays itself where nothing in it can hold a secret', () => {
  const errors = [
    new RefreshError('invalid_grant', 'x', { oauthError: 'invalid_grant', errorDescription: 'Bad Request' }),
    new TransportError('timed_out', 'x', { cause: new Error('slow') }),
    new ConfigurationError('file_not_found', 'x'),
  ];

  expect(errors.map((error) => safeError(error, [SECRET]))).toEqual(errors);
  expect(errors.every((error) => safeError(error, [SECRET]) === error)).toBe(true);
});

test('F78 A RefreshError with a revealing cause says the same with a safe one', () => {
  const details = { retryable: true, oauthError: 'slow_down', subtype: 's', status: 429, nextAttemptAt: 5 };

  const error = safeError(new RefreshError('rate_limited', 'Wait.', { ...details, cause: revealing() }));

  expect(error).toBeInstanceOf(RefreshError);
  expect(error).toMatchObject({ code: 'rate_limited', message: 'Wait.', ...details, cause: { message: 'failed' } });
  expect(error).not.toHaveProperty('errorDescription');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
});

test('F78 A TransportError keeps its code, and whether it was sent', () => {
  const error = safeError(
    new TransportError('timed_out', 'Slow.', { sent: true, retryable: true, cause: revealing() }),
  );

  expect(error).toBeInstanceOf(TransportError);
  expect(error).toMatchObject({ code: 'timed_out', message: 'Slow.', sent: true, retryable: true });
  expect(error.cause).not.toHaveProperty('config');
});

test.each([
  new ConfigurationError('invalid_json', 'x', { retryable: true }),
  new VerificationError('key_unknown', 'x', { retryable: true }),
  new CredenceError('invalid_json', 'x', { retryable: true }),
])('F78 What somebody hung onto an error of ours is left behind: %s', (given) => {
  const error = safeError(Object.assign(given, { body: SECRET }));

  expect(error.constructor).toBe(given.constructor);
  expect(error).toMatchObject({ code: given.code, message: 'x', retryable: true });
  expect(error).not.toHaveProperty('body');
});

test('F78 A message or a description that says a secret of the request is withheld', () => {
  const said = { oauthError: SECRET, errorDescription: `no ${SECRET}`, subtype: SECRET.toUpperCase() };

  const error = safeError(new RefreshError('request_refused', `POST ${SECRET} failed`, said), [SECRET]);

  expect(error).toMatchObject({
    message: WITHHELD,
    oauthError: '[redacted]',
    errorDescription: 'no [redacted]',
    subtype: WITHHELD,
  });
});
