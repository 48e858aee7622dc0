/** Makes signatures with keys that this process holds. Loaded with the first one. */
import type { KeyObject } from 'node:crypto';
import { MOST_ON_THREAD_POOL, WorkQueue } from '../base/work-queue.js';
import { RefreshError } from '../errors.js';
import { hashOf } from './hash.js';
import type { SigningAlgorithm } from './signer.js';

/** One queue for all keys: there is one thread pool. */
const QUEUE = new WorkQueue(MOST_ON_THREAD_POOL);

/** What is signed, and by what. */
export interface KeySignatureParts {
  readonly key: KeyObject;
  /** The one that the key is for. */
  readonly algorithm: SigningAlgorithm;
  readonly bytes: Uint8Array;
}

/**
 * A signature in the form of JOSE, made on the thread pool when its turn has come.
 * @throws RefreshError `signing_failed`, or the signal's reason.
 */
export function keySignature(parts: KeySignatureParts, signal: AbortSignal | undefined): Promise<Uint8Array> {
  return QUEUE.run(() => onThreadPool(parts), signal);
}

function onThreadPool({ key, algorithm, bytes }: KeySignatureParts): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const options = { key, dsaEncoding: 'ieee-p1363' } as const;
    process.getBuiltinModule('node:crypto').sign(hashOf(algorithm), bytes, options, (cause, signature) => {
      if (cause === null) resolve(signature);
      else reject(new RefreshError('signing_failed', 'The key could not make a signature.', { cause }));
    });
  });
}
