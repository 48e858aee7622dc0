import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { IdTokenVerifier } from '../../src/verification/id-token-verifier.js';
import { answering, AUDIENCE, keysAnswer, someToken } from '../fixtures/id-tokens.js';

const verifierOf = (transport = answering(keysAnswer()).transport): IdTokenVerifier =>
  new IdTokenVerifier({ audience: AUDIENCE, transport, clock: manualClock() });

test('It verifies by its rules', async () => {
  const verifier = verifierOf();

  await expect(verifier.verify(someToken())).resolves.toMatchObject({ subject: '1234' });
  await expect(verifier.verify(someToken({ aud: 'other' }))).rejects.toMatchObject({ code: 'audience_mismatch' });
});

test('Its keys are fetched once, and shared with no other verifier', async () => {
  const { transport, asked } = answering(keysAnswer());
  const [one, two] = [verifierOf(transport), verifierOf(transport)];

  await Promise.all([one.verify(someToken()), one.verify(someToken())]);
  await one.verify(someToken());
  const ofOne = asked();
  await two.verify(someToken());

  expect([ofOne, asked()]).toEqual([1, 2]);
});

test('Its rules are checked before it is made', () => {
  expect(() => new IdTokenVerifier({} as never)).toThrow(/"audience"/);
  expect(() => new IdTokenVerifier({ audience: 'a', certsUrl: 'http://issuer.example' })).toThrow(
    expect.objectContaining({ code: 'endpoint_refused' }),
  );
});

test('Nobody can change it, and a class that extends it may add to itself', () => {
  class Mine extends IdTokenVerifier {
    readonly extra = 1;
  }

  expect(Object.isFrozen(verifierOf())).toBe(true);
  expect(new Mine({ audience: 'a' }).extra).toBe(1);
  expect(inspect(verifierOf(), { showHidden: true })).toBe('IdTokenVerifier {}');
});

test('A call can be abandoned, before and while the keys are on their way', async () => {
  const leaving = new AbortController();
  const verifier = verifierOf(() => new Promise(() => undefined));
  const left = verifier.verify(someToken(), { signal: leaving.signal });

  leaving.abort(new Error('gone'));

  await expect(left).rejects.toThrow('gone');
  await expect(verifier.verify(someToken(), { signal: leaving.signal })).rejects.toThrow('gone');
  await expect(verifier.verify(someToken(), { signal: 5 as never })).rejects.toThrow('"signal" must be an AbortSignal');
  await expect(verifier.verify(someToken(), null as never)).rejects.toThrow('"options" must be an object');
});
