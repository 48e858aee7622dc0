import { AnonymousCredentials, ApiKeyCredentials, StaticCredentials, UserCredentials, type Transport } from 'credence';
import { GcloudCliCredentials } from '../../src/credentials/gcloud-cli.js';
import { MetadataIdTokenCredentials } from '../../src/credentials/metadata-id-token.js';
import { MetadataCredentials } from '../../src/credentials/metadata.js';
import { credentialsContract, refreshingContract, type KindUnderTest } from '../contract/credentials.js';
import { gcloudStandIn } from '../fixtures/gcloud.js';
import { httpAnswer } from '../fixtures/http-answer.js';
import { anIdToken } from '../fixtures/metadata-server.js';
import { lasting, ScriptedCredentials } from '../fixtures/scripted-credentials.js';

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
