/** Verifications by calls that share the issuers' keys. Loaded with the first one. */
import { liveSignal } from '../base/live-signal.js';
import { knownOptions } from '../base/option-record.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { VerifyFirebaseTokenOptions, VerifyIdTokenOptions } from './id-token-options.js';
import { KEY_OPTIONS, keyTerms, RULES, ruleTerms, type IdTokenTerms } from './id-token-terms.js';
import { judgeIdToken } from './judgement.js';
import { sharedKeys } from './shared-keys.js';
import type { VerifiedIdToken } from './verified-id-token.js';

const FIREBASE_ISSUER = 'https://securetoken.google.com/';
const FIREBASE_CERTS_URL = 'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com';

/** See `verifyIdToken`. */
export async function verifiedByCall(token: string, options: VerifyIdTokenOptions): Promise<VerifiedIdToken> {
  const own = knownOptions(options, [...RULES, 'signal'], 'options');
  return await verified(token, ruleTerms(own), own);
}

/** See `verifyFirebaseToken`. */
export async function verifiedFirebase(token: string, options: VerifyFirebaseTokenOptions): Promise<VerifiedIdToken> {
  const own = knownOptions(options, [...KEY_OPTIONS, 'projectId', 'signal'], 'options');
  return await verified(token, firebaseTerms(own), own);
}

function firebaseTerms(own: VerifyFirebaseTokenOptions): IdTokenTerms {
  const { projectId } = own;
  if (typeof projectId !== 'string' || projectId === '') throw new TypeError('"projectId" must be a non-empty string');
  return Object.freeze({
    ...keyTerms(own, FIREBASE_CERTS_URL),
    audience: Object.freeze([projectId]),
    issuers: Object.freeze([FIREBASE_ISSUER + projectId]),
    algorithms: Object.freeze(['RS256'] as const),
    hostedDomain: undefined,
    tellsSignIn: true,
  });
}

async function verified(token: string, terms: IdTokenTerms, { signal }: CallOptions): Promise<VerifiedIdToken> {
  liveSignal({ signal });
  return await judgeIdToken(token, terms, await sharedKeys(terms), signal);
}
