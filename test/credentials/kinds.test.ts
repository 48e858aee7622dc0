import {
  AnonymousCredentials,
  ApiKeyCredentials,
  StaticCredentials,
  UserCredentials,
  type Clock,
  type Credentials,
  type Transport,
} from 'credence';
import { toBase64url } from '../../src/base/base64url.js';
import { ClientCredentials } from '../../src/credentials/client/client.js';
import { GcloudCliCredentials } from '../../src/credentials/gcloud/gcloud-cli.js';
import { JwtCredentials } from '../../src/credentials/jwt/jwt.js';
import { OnDemandJwtCredentials } from '../../src/credentials/jwt/on-demand-jwt.js';
import { MetadataIdTokenCredentials } from '../../src/credentials/metadata/metadata-id-token.js';
import { MetadataCredentials } from '../../src/credentials/metadata/metadata.js';
import { ServiceAccountIdTokenCredentials } from '../../src/credentials/service-account/service-account-id-token.js';
import type { ServiceAccountKeyRecord } from '../../src/credentials/service-account/service-account-options.js';
import { ServiceAccountCredentials } from '../../src/credentials/service-account/service-account.js';
import type { Signer } from '../../src/jose/signer.js';
import { credentialsContract, refreshingContract, type KindUnderTest } from '../contract/credentials.js';
import { gcloudStandIn } from '../fixtures/gcloud.js';
import { httpAnswer } from '../fixtures/http-answer.js';
import { anIdToken } from '../fixtures/metadata-server.js';
import { lasting, ScriptedCredentials } from '../fixtures/scripted-credentials.js';
import { aKey, claimsOf, countedSigner, EMAIL, PEM } from '../fixtures/service-account.js';

const SECRET = 'ya29.a0-secret-access-token';

credentialsContract('StaticCredentials', () => ({
  make: (clock) => new StaticCredentials({ token: SECRET, clock }),
  secrets: [SECRET],
  header: 'authorization',
  quota: true,
}));

credentialsContract('ApiKeyCredentials', () => ({
  make: (clock) => new ApiKeyCredentials({ key: SECRET, clock }),
  secrets: [SECRET],
  header: 'x-goog-api-key',
  quota: true,
}));

credentialsContract('AnonymousCredentials', () => ({
  make: () => new AnonymousCredentials(),
  secrets: [SECRET],
  header: null,
  quota: false,
}));

function aRefreshToken(): KindUnderTest & { mints: () => number } {
  let mints = 0;
  return {
    make: (clock) =>
      new UserCredentials({
        refreshToken: '1//refresh-token-secret',
        clientId: 'client',
        clientSecret: 'client-secret-value',
        tokenUri: 'https://oauth2.googleapis.com/token',
        clock,
        transport: () => {
          mints += 1;
          const body = JSON.stringify({
            access_token: `${SECRET}-${String(mints)}`,
            expires_in: 3_600,
            id_token: 'id-token-secret',
          });
          return Promise.resolve({ status: 200, headers: { get: () => null }, body });
        },
      }),
    secrets: [SECRET, '1//refresh-token-secret', 'client-secret-value', 'id-token-secret'],
    mints: () => mints,
    header: 'authorization',
    quota: true,
  };
}

function aHandler(): KindUnderTest & { mints: () => number } {
  let mints = 0;
  return {
    make: (clock) =>
      new UserCredentials({
        clock,
        refreshHandler: () => {
          mints += 1;
          return Promise.resolve({ token: `${SECRET}-${String(mints)}`, expiry: new Date(clock.now() + 3_600_000) });
        },
      }),
    secrets: [SECRET],
    mints: () => mints,
    header: 'authorization',
    quota: true,
  };
}

function aMachine(kind: 'access token' | 'ID token'): KindUnderTest & { mints: () => number } {
  let mints = 0;
  const make: KindUnderTest['make'] = (clock) => {
    const transport: Transport = () => {
      mints += 1;
      const exp = Math.floor(clock.now() / 1000) + 3_600;
      const accessToken = { access_token: `${SECRET}-${String(mints)}`, expires_in: 3_600 };
      const body = kind === 'ID token' ? anIdToken({ exp, mints }) : accessToken;
      return Promise.resolve(httpAnswer(200, body, { 'metadata-flavor': 'Google' }));
    };
    return kind === 'ID token'
      ? new MetadataIdTokenCredentials({ targetAudience: 'https://service.a.run.app', clock, transport })
      : new MetadataCredentials({ clock, transport });
  };
  return {
    make,
    secrets: [SECRET, anIdToken({}).slice(-12)],
    mints: () => mints,
    header: 'authorization',
    quota: true,
  };
}

function ownKind(): KindUnderTest & { mints: () => number } {
  let made: ScriptedCredentials | undefined;
  return {
    make: (clock) => (made = new ScriptedCredentials({ clock, mint: lasting(clock, 3_600_000) })),
    secrets: [],
    mints: () => made?.mints ?? 0,
    header: 'authorization',
    quota: true,
  };
}

credentialsContract('UserCredentials with a refresh token', aRefreshToken);
refreshingContract('UserCredentials with a refresh token', aRefreshToken);
credentialsContract('UserCredentials with a handler', aHandler);
refreshingContract('UserCredentials with a handler', aHandler);
credentialsContract('MetadataCredentials', () => aMachine('access token'));
refreshingContract('MetadataCredentials', () => aMachine('access token'));
credentialsContract('MetadataIdTokenCredentials', () => aMachine('ID token'));
refreshingContract('MetadataIdTokenCredentials', () => aMachine('ID token'));
credentialsContract('a kind of one’s own', ownKind);
refreshingContract('a kind of one’s own', ownKind);

const gcloud = gcloudStandIn();

function aGcloud(): KindUnderTest & { mints: () => number } {
  const { length } = gcloud.asked;
  return {
    make: (clock) => {
      gcloud.configure({ expiresAt: clock.now() + 3_600_000 });
      return new GcloudCliCredentials({ command: gcloud.command, clock });
    },
    secrets: ['ya29.gcloud-stand-in'],
    mints: () => gcloud.asked.length - length,
    header: 'authorization',
    quota: true,
  };
}

credentialsContract('GcloudCliCredentials', aGcloud);
refreshingContract('GcloudCliCredentials', aGcloud);

const CLOUD = 'https://www.googleapis.com/auth/cloud-platform';
const KEY_SECRETS = [SECRET, 'the-signature', toBase64url('the-signature'), PEM.split('\n')[5]!];

/** A server that mints for whoever asks; the token of an ID token request is one. */
function aTokenServer(clock: Clock): { transport: Transport; mints: () => number } {
  let mints = 0;
  const transport: Transport = ({ body = '' }) => {
    mints += 1;
    const exp = Math.floor(clock.now() / 1000) + 3_600;
    const assertion = new URLSearchParams(body).get('assertion');
    const wantsIdToken = assertion !== null && 'target_audience' in claimsOf(assertion);
    const accessToken = { access_token: `${SECRET}-${String(mints)}`, expires_in: 3_600 };
    return Promise.resolve(httpAnswer(200, wantsIdToken ? { id_token: anIdToken({ exp, mints }) } : accessToken));
  };
  return { transport, mints: () => mints };
}

/** A kind that asks a token server, with a key of its own. */
function asking(make: (options: ServiceAccountKeyRecord) => Credentials): KindUnderTest & { mints: () => number } {
  let server: ReturnType<typeof aTokenServer> | undefined;
  return {
    make: (clock) => {
      server = aTokenServer(clock);
      return make(aKey({ clock, transport: server.transport }));
    },
    secrets: [...KEY_SECRETS, anIdToken({}).slice(-12)],
    mints: () => server?.mints() ?? 0,
    header: 'authorization',
    quota: true,
  };
}

/** A kind that asks nobody: its mints are the signatures. */
function selfSigning(
  make: (options: { signer: Signer; clock: Clock; transport: Transport }) => Credentials,
  perUrl?: 'fresh' | 'invalid',
): KindUnderTest & { mints: () => number } {
  const signer = countedSigner();
  const transport: Transport = () => Promise.reject(new Error('nobody is to be asked'));
  return {
    make: (clock) => make({ signer, clock, transport }),
    secrets: KEY_SECRETS,
    mints: () => signer.count,
    header: 'authorization',
    quota: true,
    ...(perUrl === undefined ? {} : { perUrl }),
  };
}

const serviceAccountEmail = EMAIL;
const targetAudience = 'https://service.a.run.app';
const KEY_KINDS: Readonly<Record<string, () => KindUnderTest & { mints: () => number }>> = {
  'ServiceAccountCredentials with scopes': () =>
    asking((key) => new ServiceAccountCredentials({ ...key, scopes: CLOUD })),
  'ServiceAccountCredentials that always sign': () =>
    selfSigning(
      (given) =>
        new ServiceAccountCredentials({ ...given, serviceAccountEmail, scopes: CLOUD, alwaysUseJwtAccess: true }),
    ),
  'ServiceAccountCredentials that sign for each host': () =>
    selfSigning((given) => new ServiceAccountCredentials({ ...given, serviceAccountEmail }), 'invalid'),
  ServiceAccountIdTokenCredentials: () =>
    asking((key) => new ServiceAccountIdTokenCredentials({ ...key, targetAudience })),
  JwtCredentials: () =>
    selfSigning((given) => new JwtCredentials({ ...given, issuer: EMAIL, audience: targetAudience })),
  OnDemandJwtCredentials: () =>
    selfSigning((given) => new OnDemandJwtCredentials({ ...given, issuer: EMAIL }), 'fresh'),
  ClientCredentials: () =>
    asking(
      ({ clock, transport, tokenUri }) =>
        new ClientCredentials({ clock, transport, tokenUri, clientId: 'client', clientSecret: `${SECRET}-of-client` }),
    ),
};

for (const [name, setUp] of Object.entries(KEY_KINDS)) {
  credentialsContract(name, setUp);
  refreshingContract(name, setUp);
}
