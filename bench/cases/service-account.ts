/** The same service account for both libraries. */
import { generateKeyPairSync } from 'node:crypto';
import { ServiceAccountCredentials, type ServiceAccountLoadOptions } from 'credence';
import { JWT, type JWTOptions } from 'google-auth-library';

/** What a key file of a service account holds, as far as it matters here. */
export interface KeyFile {
  readonly client_email: string;
  readonly private_key: string;
  readonly private_key_id: string;
  readonly token_uri: string;
}

const GOOGLE_TOKEN_URI = 'https://oauth2.googleapis.com/token';

/** The scopes of both, where they have any. */
export const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** A service account with a new key, by default one like Google's; the others sign in less time. */
export function aServiceAccount(
  kind: 'rsa' | 'small-rsa' | 'ec' = 'rsa',
  tokenUri: string = GOOGLE_TOKEN_URI,
): KeyFile {
  const { privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 });
  return {
    client_email: 'robot@project.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    private_key_id: '0123456789abcdef0123456789abcdef01234567',
    token_uri: tokenUri,
  };
}

/** Our credentials. */
export function ourServiceAccount(info: KeyFile, options: ServiceAccountLoadOptions = {}): ServiceAccountCredentials {
  return ServiceAccountCredentials.fromServiceAccountInfo(info, options);
}

/** The incumbent's client. It knows no token endpoint but Google's; where the info names another, its requests are led there. */
export function incumbentServiceAccount(info: KeyFile, options: JWTOptions = {}): JWT {
  const { client_email: email, private_key: key, private_key_id: keyId, token_uri: tokenUri } = info;
  const client = new JWT({ email, key, keyId, ...options });
  if (tokenUri === GOOGLE_TOKEN_URI) return client;
  const url = new URL(tokenUri);
  client.transporter.interceptors.request.add({
    resolved: (config) => Promise.resolve(Object.assign(config, { url })),
  });
  return client;
}
