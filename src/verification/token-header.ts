/** The header of a token, read before anything is fetched for it. What it says chooses a key, and nothing else. */
import { readString } from '../base/json-fields.js';
import type { JsonObject } from '../base/json.js';
import { VerificationError } from '../errors.js';
import type { SigningAlgorithm } from '../jose/signer.js';

/** Which key a token says it was signed with. */
export interface NamedKey {
  /** Its id (`kid`), where the token names one. */
  readonly keyId: string | undefined;
  /** The algorithm that the key must be for. */
  readonly algorithm: SigningAlgorithm;
}

/** Access tokens and logout tokens are JWTs of the same issuer (RFC 9068, OpenID Connect Back-Channel Logout), and no proof of who somebody is. */
const ID_TOKEN_TYPE = /^(application\/)?jwt$/i;

/**
 * The key that the header names.
 * @throws VerificationError `token_malformed` where the token is none for this use, `algorithm_refused` where it names another algorithm.
 */
export function readHeader(header: JsonObject, algorithms: readonly SigningAlgorithm[]): NamedKey {
  const algorithm = algorithms.find((accepted) => accepted === header['alg']);
  if (algorithm === undefined) {
    const message = `The token names an algorithm that is not accepted here, or none. It must be ${algorithms.join(' or ')}.`;
    throw new VerificationError('algorithm_refused', message);
  }
  const type = header['typ'];
  if (type !== undefined && !(typeof type === 'string' && ID_TOKEN_TYPE.test(type)))
    throw malformed('its type ("typ") is another than that of ID tokens');
  const keyId = readString(header, 'kid');
  if (keyId === undefined && Object.hasOwn(header, 'kid')) throw malformed('its key id ("kid") is no string');
  return { keyId, algorithm };
}

function malformed(reason: string): VerificationError {
  return new VerificationError('token_malformed', `What was presented is no ID token: ${reason}.`);
}
