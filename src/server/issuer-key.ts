/** Which issuer credentials ask, and as which client: failures of the one are failures of all who share both. */
import type { Credentials } from '../credentials/credentials.js';

/** The same for all credentials that ask the same token endpoint as the same client; the credentials themselves where nothing tells. */
export function issuerKeyOf(credentials: Credentials): string | object {
  try {
    return keyIn(credentials);
  } catch {
    // A kind of the user's own may throw in a getter, and a timer must not.
    return credentials;
  }
}

/** The user whom credentials act for, where there is one. */
export function subjectOf(credentials: Credentials): string | undefined {
  try {
    const subject: unknown = Reflect.get(credentials, 'subject');
    return typeof subject === 'string' ? subject : undefined;
  } catch {
    return undefined;
  }
}

function keyIn(credentials: Credentials): string | object {
  const tokenUri: unknown = Reflect.get(credentials, 'tokenUri');
  if (typeof tokenUri !== 'string') return sourceOf(credentials);
  const client: unknown = Reflect.get(credentials, 'clientId') ?? Reflect.get(credentials, 'serviceAccountEmail');
  return typeof client === 'string' ? `${tokenUri} ${client}` : tokenUri;
}

/** A machine has one metadata server, whichever service account is asked for. */
function sourceOf(credentials: Credentials): string | object {
  const source = credentials.getCredentialInfo()?.source;
  return source === 'metadata server' ? source : credentials;
}
