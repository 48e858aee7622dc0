/** Verifies signatures ({@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 | RFC 7515 §5.2}). The key decides on the algorithm, never the token alone. */
import { readString } from '../base/json-fields.js';
import { MOST_ON_THREAD_POOL, WorkQueue } from '../base/work-queue.js';
import { VerificationError } from '../errors.js';
import type { DecodedJwt } from './decoded-jwt.js';
import { hashOf } from './hash.js';
import { loadRsaVerification } from './jws.js';
import { readPublicKey, type PublicKeyLike, type VerificationKey } from './public-key.js';
import type { SigningAlgorithm } from './signer.js';

/** What a signature may be verified with besides the key. */
export interface VerifySignatureOptions {
  /**
   * The algorithms to accept.
   * @default RS256, ES256 and ES384
   */
  readonly algorithms?: readonly SigningAlgorithm[] | undefined;
  /** Abandons the verification. */
  readonly signal?: AbortSignal | undefined;
}

/** So many RS256 signatures are verified right here, which takes less time than the way to the thread pool and back. */
const MOST_HERE = 4;
/** Verifications have a queue of their own, so that they do not wait behind a thousand signatures. */
const QUEUE = new WorkQueue(MOST_ON_THREAD_POOL);

/** How many RS256 verifications have not ended. */
let crowd = 0;

/**
 * Resolves where the key has signed the token, and rejects otherwise. Of the claims it says nothing.
 * @throws VerificationError `algorithm_refused` where the header names another algorithm than the key is for, or none; `signature_invalid`;
 * `token_malformed` where the header asks for extensions (`crit`).
 * @throws ConfigurationError `invalid_key` where the key cannot be used.
 */
export async function verifySignature(
  jwt: DecodedJwt,
  key: PublicKeyLike,
  options: VerifySignatureOptions = {},
): Promise<void> {
  const { algorithms, signal } = options;
  const verificationKey = readPublicKey(key, 'The public key');
  checkHeader(jwt, verificationKey, algorithms);
  if (await isSignedBy(jwt, verificationKey, signal)) return;
  throw new VerificationError('signature_invalid', 'The signature does not fit the token.');
}

function checkHeader(
  { header }: DecodedJwt,
  { algorithm }: VerificationKey,
  accepted: readonly SigningAlgorithm[] | undefined,
): void {
  const named = readString(header, 'alg');
  if (named !== algorithm) throw refused(`The token names ${shown(named)}, and its key is for ${algorithm} alone.`);
  if (accepted !== undefined && !accepted.includes(algorithm))
    throw refused(`The token is signed with ${algorithm}, which is not accepted here.`);
  if (Object.hasOwn(header, 'crit')) {
    throw new VerificationError('token_malformed', 'The token needs extensions ("crit") that are not known here.');
  }
}

async function isSignedBy(jwt: DecodedJwt, key: VerificationKey, signal: AbortSignal | undefined): Promise<boolean> {
  signal?.throwIfAborted();
  if (key.algorithm !== 'RS256') return await QUEUE.run(() => onThreadPool(jwt, key), signal);
  crowd += 1;
  try {
    const verify = await loadRsaVerification();
    signal?.throwIfAborted();
    // By now all that came in one burst have been counted: it goes to the thread pool.
    if (crowd <= MOST_HERE) return verify(jwt.token, key.key);
    return await QUEUE.run(() => onThreadPool(jwt, key), signal);
  } finally {
    crowd -= 1;
  }
}

function onThreadPool(jwt: DecodedJwt, { key, algorithm }: VerificationKey): Promise<boolean> {
  const input = Buffer.from(jwt.signingInput);
  return new Promise((resolve, reject) => {
    const options = { key, dsaEncoding: 'ieee-p1363' } as const;
    const { verify } = process.getBuiltinModule('node:crypto');
    verify(hashOf(algorithm), input, options, jwt.signature, (error, isGenuine) => {
      if (error === null) resolve(isGenuine);
      else reject(error);
    });
  });
}

function refused(message: string): VerificationError {
  return new VerificationError('algorithm_refused', message);
}

/** What stands in a header may be anything, and is told where it is an algorithm that everybody knows. */
function shown(named: string | undefined): string {
  if (named === undefined) return 'no algorithm';
  return /^(none|[HRPE]S(256|384|512)|EdDSA)$/.test(named) ? named : 'another algorithm';
}
