import jws from 'jws';
import { expect, test } from 'vitest';
import { loadRsaVerification } from '../../src/jose/jws.js';
import { pemOf, RSA } from '../fixtures/keys.js';

const TOKEN = jws.sign({ header: { alg: 'RS256' }, payload: 'x', secret: pemOf(RSA) });

test('It tells whether a parsed key has signed a token', async () => {
  const verify = await loadRsaVerification();

  expect(verify(TOKEN, RSA.publicKey)).toBe(true);
  expect(verify(`${TOKEN.slice(0, -4)}AAAA`, RSA.publicKey)).toBe(false);
  expect(verify(`${TOKEN.slice(0, TOKEN.lastIndexOf('.'))}.`, RSA.publicKey)).toBe(false);
});

test('jws is loaded once', async () => {
  const [first, second] = await Promise.all([loadRsaVerification(), loadRsaVerification()]);

  expect(first).toBe(second);
});
