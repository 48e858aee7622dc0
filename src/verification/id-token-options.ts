/** What callers say of the ID tokens that they believe. */
import type { Clock } from '../base/clock.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { SigningAlgorithm } from '../jose/signer.js';
import type { RequestLike } from '../transport/transport.js';

/** Whom tokens must be for. One of the two is needed: a token that was made for another app proves nothing to this one. */
export type AudienceRule =
  | {
      /** Whom the token must be for (`aud`): your own client id, or the URL of your service; of several, one is enough. */
      readonly audience: string | readonly string[];
      /**
       * Whether tokens for anybody are believed.
       * @default false
       */
      readonly anyAudience?: false | undefined;
    }
  | {
      /** Not to be given where tokens for anybody are believed. */
      readonly audience?: undefined;
      /** Believes tokens that were made for anybody, other people's apps included: for whoever compares `audience` themselves. */
      readonly anyAudience: true;
    };

/** Where the keys come from, and by which clock tokens are judged. */
export interface TokenKeyOptions {
  /**
   * Where the issuer publishes its public keys: a JWK set, or Google's map of certificates; the document itself tells which. Whoever
   * holds one of these keys is believed, so it must be https, or http to this machine.
   * @default Google's keys for tokens of the kind
   */
  readonly certsUrl?: string | undefined;
  /**
   * By how much the issuer's clock and this one may differ, in milliseconds: a token lives so much longer, and begins so much
   * earlier. At most ten minutes.
   * @default 30000
   */
  readonly clockSkewMs?: number | undefined;
  /**
   * Refuses tokens that live longer than this from `iat` to `exp`, in milliseconds: at most a year.
   * @default 86400000
   */
  readonly maxLifetimeMs?: number | undefined;
  /**
   * How to fetch the keys.
   * @default the default transport
   */
  readonly transport?: RequestLike | undefined;
  /**
   * Where time is read.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
}

/** What ID tokens must be like, the audience aside. */
export interface IdTokenRules extends TokenKeyOptions {
  /**
   * Who may have issued the token (`iss`), spelt exactly so. All of them must be the one whose keys are at `certsUrl`.
   * @default ['accounts.google.com', 'https://accounts.google.com']
   */
  readonly issuers?: readonly string[] | undefined;
  /**
   * The algorithms that are accepted. Whichever are, the key alone decides which one its signatures are verified with.
   * @default ['RS256']
   */
  readonly algorithms?: readonly SigningAlgorithm[] | undefined;
  /**
   * The Google Workspace domain whose accounts are let in (`hd`); of several, one is enough.
   * @default accounts of any domain, and of none
   */
  readonly hostedDomain?: string | readonly string[] | undefined;
}

/** Options of `IdTokenVerifier`. */
export type IdTokenVerifierOptions = AudienceRule & IdTokenRules;

/** Options of `verifyIdToken`. */
export type VerifyIdTokenOptions = IdTokenVerifierOptions & CallOptions;

/** Options of `verifyFirebaseToken`. */
export interface VerifyFirebaseTokenOptions extends TokenKeyOptions, CallOptions {
  /** The id of the Firebase project, such as `my-app-1234`. */
  readonly projectId: string;
}
