/** Self-signed JWTs by the key of a service account, or by whatever else can sign: what the factories of these kinds share. */
import { isObject } from '../../base/is-object.js';
import { namesOf, ownOptions } from '../../base/option-record.js';
import { readServiceAccountInfo } from '../service-account/service-account-info.js';
import { requireSigner, type SigningCredentials } from '../signing.js';
import { jwtRules, type JwtOptions } from './jwt-options.js';

/** What a caller may say besides the key; it goes before what the key's file says. */
export interface JwtLoadOptions extends Omit<JwtOptions, 'signer' | 'issuer'> {
  /**
   * Who issues the JWTs (`iss`).
   * @default the service account
   */
  readonly issuer?: string | undefined;
}

/** A signer among them goes after the one that is loaded. */
type OwnLoadOptions = JwtLoadOptions & { readonly signer?: unknown };

/**
 * The signing options of a key file's contents.
 * @throws ConfigurationError that names the field, and what it must be.
 */
export function jwtOptionsOfInfo(info: unknown, where: string, options: JwtLoadOptions): JwtOptions {
  const own = ownOptions<OwnLoadOptions>(options, namesOf(jwtRules()));
  const facts = readServiceAccountInfo(info, { where, endpoints: undefined });
  const { signer, serviceAccountEmail, universeDomain, quotaProjectId } = facts;
  return { universeDomain, quotaProjectId, ...own, signer, issuer: own.issuer ?? serviceAccountEmail };
}

/** The signing options of other credentials. */
export function jwtOptionsOfCredentials(credentials: SigningCredentials, options: JwtLoadOptions): JwtOptions {
  const own = ownOptions<OwnLoadOptions>(options, namesOf(jwtRules()));
  requireSigning(credentials);
  const signer = requireSigner(credentials.signer, 'credentials.signer');
  return { ...own, signer, issuer: own.issuer ?? credentials.signerEmail };
}

function requireSigning(value: unknown): void {
  if (isObject(value) && typeof Reflect.get(value, 'signerEmail') === 'string') return;
  throw new TypeError('"credentials" must be credentials that can sign');
}
