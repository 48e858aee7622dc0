/** What `withClaims` of self-signing credentials changes. */
import { frozenJson } from '../../base/frozen-json.js';
import { ownOptions } from '../../base/option-record.js';
import type { JwtCredentialsOptions } from './jwt-options.js';

/** What `withClaims` changes; what is left out stays, and further claims are merged. */
export type JwtClaims = Partial<Pick<JwtCredentialsOptions, 'issuer' | 'subject' | 'audience' | 'additionalClaims'>>;

/** The options that are changed by these claims. */
export function mergedClaims(held: Pick<JwtCredentialsOptions, 'additionalClaims'>, claims: JwtClaims): JwtClaims {
  const own = ownOptions<JwtClaims>(claims, ['issuer', 'subject', 'audience', 'additionalClaims']);
  if (own.additionalClaims === undefined) return own;
  return {
    ...own,
    additionalClaims: { ...held.additionalClaims, ...frozenJson(own.additionalClaims, 'additionalClaims') },
  };
}
