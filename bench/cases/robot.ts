/** The same service account for both libraries. */
import { generateKeyPairSync } from 'node:crypto';
import { ServiceAccountCredentials, type ServiceAccountLoadOptions } from 'credence';
import { Gaxios, type GaxiosOptionsPrepared } from 'gaxios';
import { JWT, type JWTOptions } from 'google-auth-library';

/** What a key file of a service account holds, as far as it matters here. */
export interface RobotInfo {
  readonly client_email: string;
  readonly private_key: string;
  readonly private_key_id: string;
  readonly token_uri: string;
}

/** The scopes of both, where they have any. */
export const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** A service account with a new key, by default one like Google's. */
export function aRobot(key: 'rsa' | 'ec' = 'rsa', tokenUri = 'https://oauth2.googleapis.com/token'): RobotInfo {
  const { privateKey } =
    key === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    client_email: 'robot@project.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    private_key_id: '0123456789abcdef0123456789abcdef01234567',
    token_uri: tokenUri,
  };
}

/** Our credentials. */
export function ourRobot(info: RobotInfo, options: ServiceAccountLoadOptions = {}): ServiceAccountCredentials {
  return ServiceAccountCredentials.fromServiceAccountInfo(info, options);
}

/** The incumbent's client. It knows one token endpoint; what it sends there is led to that of the info. */
export function incumbentRobot(info: RobotInfo, options: JWTOptions = {}): JWT {
  const { client_email: email, private_key: key, private_key_id: keyId } = info;
  return new JWT({ email, key, keyId, ...options });
}

/** A client of the incumbent's own kind that sends every request to this URL. */
export function leadingTo(url: string): Gaxios {
  const gaxios = new Gaxios();
  const target = new URL(url);
  gaxios.interceptors.request.add({
    resolved: (config: GaxiosOptionsPrepared) => {
      config.url = target;
      return Promise.resolve(config);
    },
  });
  return gaxios;
}
