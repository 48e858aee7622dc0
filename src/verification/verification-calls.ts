/** Verifications by calls that share the issuers' keys. Loaded with the first one. */
import { liveSignal } from '../base/live-signal.js';
import { knownOptions, namesOf } from '../base/option-record.js';
import { requireText } from '../base/option-rules.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { VerifyFirebaseTokenOptions, VerifyIdTokenOptions } from './id-token-options.js';
import { ruleTerms, verifierRules, type IdTokenTerms } from './id-token-terms.js';
import { judgeIdToken } from './judgement.js';
import { sharedKeys } from './shared-keys.js';
import type { VerifiedIdToken } from './verified-id-token.js';

const FIREBASE_ISSUER = 'https://securetoken.google.com/';
const FIREBASE_CERTS_URL = 'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com';

const FIREBASE_OPTIONS = [
  'certsUrl',
  'clockSkewMs',
  'maxLifetimeMs',
  'transport',
  'clock',
  'projectId',
  'signal',
] as const;

/** See `verifyIdToken`. */
export async function verifiedByCall(token: string, options: VerifyIdTokenOptions): Promise<VerifiedIdToken> {
  const own = knownOptions(options, [...namesOf(verifierRules()), 'signal'], 'options');
  return await verified(token, ruleTerms(own), own);
}

/** See `verifyFirebaseToken`. */
export async function verifiedFirebase(token: string, options: VerifyFirebaseTokenOptions): Promise<VerifiedIdToken> {
  const own = knownOptions(options, FIREBASE_OPTIONS, 'options');
  return await verified(token, firebaseTerms(own), own);
}

function firebaseTerms(own: VerifyFirebaseTokenOptions): IdTokenTerms {
  const audience = requireText(own.projectId, 'projectId');
  return ruleTerms({
    certsUrl: FIREBASE_CERTS_URL,
    ...own,
    audience,
    issuers: [FIREBASE_ISSUER + audience],
    tellsSignIn: true,
  });
}

async function verified(token: string, terms: IdTokenTerms, { signal }: CallOptions): Promise<VerifiedIdToken> {
  liveSignal({ signal });
  return await judgeIdToken(token, terms, await sharedKeys(terms), signal);
}
