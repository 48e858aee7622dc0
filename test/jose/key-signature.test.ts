import { verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { keySignature } from '../../src/jose/key-signature.js';
import { RSA } from '../fixtures/keys.js';

const PARTS = { key: RSA.privateKey, algorithm: 'RS256', bytes: Buffer.from('data') } as const;

test('What is signed can be verified with the public key', async () => {
  const signature = await keySignature(PARTS, undefined);

  expect(verify('sha256', PARTS.bytes, RSA.publicKey, signature)).toBe(true);
});

test('F55 A signature that waits for its turn when its signal aborts rejects at once, and the others are made', async () => {
  const controller = new AbortController();
  const others = Array.from({ length: 32 }, () => keySignature(PARTS, undefined));

  const signing = keySignature(PARTS, controller.signal);
  controller.abort('enough');

  await expect(signing).rejects.toBe('enough');
  expect(await Promise.all(others)).toHaveLength(32);
});
