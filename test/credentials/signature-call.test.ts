import { expect, test } from 'vitest';
import { RefreshError, systemClock, type Signer } from 'credence';
import { manualClock } from 'credence/testing';
import { signatureBy } from '../../src/credentials/signature-call.js';
import { rejection } from '../contract/secrets.js';
import { whetherHeld } from '../fixtures/held-process.js';
import { countedSigner, SIGNER } from '../fixtures/service-account.js';

const signing = (sign: Signer['sign']): Signer => ({ ...countedSigner(), sign });
const hanging = signing(() => new Promise(() => undefined));

const by = (signer: Signer, signal?: AbortSignal): Promise<Uint8Array> =>
  signatureBy(signer, 'text', systemClock, signal);

test('A key that is held here signs', async () => {
  expect(await by(SIGNER)).toEqual(await SIGNER.sign('text'));
});

test('Whatever else signs is given the data', async () => {
  const seen: unknown[] = [];

  await by(
    signing((data) => {
      seen.push(data);
      return Promise.resolve(Uint8Array.of(1));
    }),
  );

  expect(seen).toEqual(['text']);
});

test('F82 A signer that hangs is given up after 30 s, and hears it', async () => {
  const clock = manualClock();
  const heard: unknown[] = [];
  const deaf = signing((_, options) => {
    options?.signal?.addEventListener('abort', () => heard.push('time is up'));
    return new Promise(() => undefined);
  });
  const ending = rejection(signatureBy(deaf, 'text', clock, undefined));

  await clock.advance(30_000);

  expect(await ending).toMatchObject({ code: 'signing_failed', retryable: true });
  expect(heard).toEqual(['time is up']);
});

test('F82 The process is held while somebody waits for a signer, and no longer', async () => {
  const clock = manualClock();

  const held = await whetherHeld(
    () => signatureBy(hanging, 'text', clock, undefined),
    () => clock.advance(30_000),
  );

  expect(held).toEqual([true, false]);
});

test.each([undefined, 'a text', 5, {}, new Uint8Array(), new ArrayBuffer(8)])(
  'F82 What is no signature is refused, naming the hook: %o',
  async (given) => {
    expect(await rejection(by(signing(() => Promise.resolve(given as never))))).toMatchObject({
      code: 'signing_failed',
      message: expect.stringContaining('"signer.sign"'),
    });
  },
);

test('F82 What a signer throws is the cause, at once or later', async () => {
  const cause = new Error('the key service is down');
  const throwing = signing(() => {
    throw cause;
  });

  for (const signer of [throwing, signing(() => Promise.reject(cause))]) {
    expect(await rejection(by(signer))).toMatchObject({ code: 'signing_failed', cause });
  }
});

test('F82 An error of the signer’s own for this is told as it is', async () => {
  const error = new RefreshError('rate_limited', 'Too many signatures.', { retryable: true });

  expect(await rejection(by(signing(() => Promise.reject(error))))).toBe(error);
});

test('F55 A caller’s abort ends the wait, and the signer hears it', async () => {
  const leaving = new AbortController();
  const heard: unknown[] = [];
  const waiting = by(
    signing((_, options) => {
      options?.signal?.addEventListener('abort', () => heard.push(options.signal?.reason));
      return new Promise(() => undefined);
    }),
    leaving.signal,
  );

  leaving.abort('left');

  expect(await rejection(waiting)).toBe('left');
  expect(heard).toEqual(['left']);
});
