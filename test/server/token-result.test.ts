import { expect, test } from 'vitest';
import { AccessToken, RefreshError } from 'credence';
import { resultOf } from '../../src/server/token-result.js';

test('A token is a value.', async () => {
  const token = new AccessToken('t');

  expect(await resultOf(Promise.resolve(token))).toEqual({ ok: true, token });
});

test('So is the reason why there is none.', async () => {
  const error = new RefreshError('timed_out', 'x');

  expect(await resultOf(Promise.reject(error))).toEqual({ ok: false, error });
});

test('F55 The reason of an abort is thrown as it is.', async () => {
  await expect(resultOf(Promise.reject('gone'))).rejects.toBe('gone');
});
