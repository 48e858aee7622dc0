import { expect, test } from 'vitest';
import { foreignFileMessage, otherUniverse, revokedError } from '../../../src/credentials/user/user-errors.js';
import { RefreshError } from '../../../src/errors.js';

test('Who uses revoked credentials is told so for good, and what to do.', () => {
  const error = revokedError();

  expect(error).toBeInstanceOf(RefreshError);
  expect(error).toMatchObject({ code: 'revoked', retryable: false });
  expect(error.message).toContain('sign in again');
});

test('Every use of revoked credentials gets an error of its own, with its own stack.', () => {
  expect(revokedError()).not.toBe(revokedError());
});

test('Who refreshes in another universe is told so for good, with both universes.', () => {
  const error = otherUniverse('example-universe.goog');

  expect(error).toBeInstanceOf(RefreshError);
  expect(error).toMatchObject({ code: 'universe_unsupported', retryable: false });
  expect(error.message).toMatch(/googleapis\.com.*example-universe\.goog/);
});

test('Who is refused because the file is somebody else’s now is told which file, and what to do.', () => {
  expect(foreignFileMessage('/etc/app/user.json')).toMatch(/refused.*\/etc\/app\/user\.json.*load it again/);
});
