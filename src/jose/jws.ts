/**
 * The only file that loads jws. It is trusted with one thing: to verify an RS256 signature with a parsed public key, the
 * algorithm being given and not taken from the token. It does not decode, since it reads headers as Latin-1 and leaves open what
 * a token is; it does not sign, since it would hold the event loop; and it does not verify ES signatures, which take too long for that.
 */
import type { KeyObject } from 'node:crypto';
import { FirstUse } from '../base/first-use.js';

/** What is used of jws, whose types do not know parsed keys. */
interface Jws {
  verify(token: string, algorithm: 'RS256', key: string | Buffer | KeyObject): boolean;
}

/** Whether an RSA key has signed the token. It takes 30 µs, and the event loop waits. */
export type RsaVerification = (token: string, key: KeyObject) => boolean;

const JWS = new FirstUse<RsaVerification>(async () => {
  const jws: Jws = (await import('jws')).default;
  return (token, key) => jws.verify(token, 'RS256', key);
});

/** Gives the function that verifies. */
export function loadRsaVerification(): Promise<RsaVerification> {
  return JWS.load();
}
