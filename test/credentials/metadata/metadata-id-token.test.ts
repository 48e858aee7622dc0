import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Transport } from 'credence';
import { manualClock } from 'credence/testing';
import { MetadataIdTokenCredentials } from '../../../src/credentials/metadata/metadata-id-token.js';
import { startConnectProxy } from '../../contract/connect-proxy.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { aMetadataServer, anIdToken, forgetMetadataServer } from '../../fixtures/metadata-server.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { anEmulator } from '../../fixtures/user.js';

beforeEach(() => {
  forgetMetadataServer();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const AUDIENCE = 'https://service.a.run.app';

/** Issues ID tokens of an hour for whatever audience is asked for. */
function issuer(now: () => number) {
  return (_path: string, query: URLSearchParams, count: number): { body: string } => {
    const iat = Math.floor(now() / 1000);
    return { body: anIdToken({ aud: query.get('audience'), iat, exp: iat + 3_600, count }) };
  };
}

function claimsIn(token = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

it('the ID token is the bearer token, and ends with it', async () => {
  const now = Date.now();
  await using server = await aMetadataServer(issuer(() => now));
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE });

  const headers = await headersOf(credentials, AUDIENCE);

  expect(headers).toEqual({ authorization: `Bearer ${credentials.token}` });
  expect(claimsIn(credentials.token)).toMatchObject({ aud: AUDIENCE });
  expect(credentials.expiry?.getTime()).toBe(Number(claimsIn(credentials.token)['exp']) * 1000);
  expect(server.seen[0]?.headers['x-goog-api-client']).toMatch(/ auth-request-type\/it cred-type\/mds$/);
});

it('a copy for another audience has another token, and leaves this one alone', async () => {
  await using _ = await aMetadataServer(issuer(() => Date.now()));
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE, format: 'standard', licenses: true });
  const { value } = await credentials.refresh();

  const other = credentials.withTargetAudience('https://other.a.run.app');
  const none = other.token;
  await other.refresh();

  expect(none).toBeUndefined();
  expect(claimsIn(other.token)).toMatchObject({ aud: 'https://other.a.run.app' });
  expect([other.format, other.licenses, other.serviceAccountEmail]).toEqual(['standard', true, 'default']);
  expect(credentials.token).toBe(value);
  expect(credentials.targetAudience).toBe(AUDIENCE);
});

it('a copy for another service account asks for that one, and a copy with a quota project shares the token', async () => {
  await using server = await aMetadataServer(issuer(() => Date.now()));
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE });
  await credentials.refresh();

  await credentials.withServiceAccount('sa@p.x').refresh();

  expect(server.seen.at(-1)?.path).toBe('instance/service-accounts/sa@p.x/identity');
  expect(credentials.withQuotaProject('q').token).toBe(credentials.token);
});

it('never goes through a proxy', async () => {
  await using _ = await aMetadataServer(issuer(() => Date.now()));
  await using proxy = await startConnectProxy();
  vi.stubEnv('HTTP_PROXY', proxy.url);

  await new MetadataIdTokenCredentials({ targetAudience: AUDIENCE }).refresh();

  expect(proxy.targets).toEqual([]);
});

it('F20 a token that has ended by this machine’s clock is not used, and says to check the clocks', async () => {
  const clock = manualClock({ now: Date.UTC(2030, 0, 1) });
  await using _ = await aMetadataServer(issuer(() => Date.UTC(2029, 0, 1)));
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE, clock });

  await expect(credentials.refresh()).rejects.toMatchObject({ code: 'token_already_expired' });
  expect(credentials.token).toBeUndefined();
});

it('F19 a token that the server hands out again near its end causes no mint per call', async () => {
  const clock = manualClock();
  const token = anIdToken({ exp: clock.now() / 1000 + 3_600 });
  let requests = 0;
  const transport: Transport = () => {
    requests += 1;
    return Promise.resolve(httpAnswer(200, token, { 'metadata-flavor': 'Google' }));
  };
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE, clock, transport });

  for (let second = 0; second < 3_598; second += 1) {
    await headersOf(credentials);
    await clock.advance(1_000);
  }

  expect(requests).toBeGreaterThan(1);
  expect(requests).toBeLessThanOrEqual(7);
});

it('says what it is', () => {
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE });

  expect(credentials.getCredentialInfo()).toEqual({
    source: 'metadata server',
    type: 'ID token credentials',
    principal: 'default',
  });
});

it('puts no token on a request to the metadata server itself', async () => {
  await using server = await aMetadataServer(issuer(() => Date.now()));
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE });

  expect(await headersOf(credentials, `http://${server.host}/computeMetadata/v1/x`)).toEqual({});
});

it.each([
  ['full', true],
  ['standard', false],
] as const)('an emulated machine issues a %s token, with the address in it: %s', async (format, hasEmail) => {
  const emulator = await anEmulator();
  const metadata = await emulator.metadata();
  vi.stubEnv('GCE_METADATA_HOST', metadata.host);
  const credentials = new MetadataIdTokenCredentials({ targetAudience: AUDIENCE, format });

  await credentials.refresh();

  expect(claimsIn(credentials.token)).toMatchObject({ aud: AUDIENCE });
  expect('email' in claimsIn(credentials.token)).toBe(hasEmail);
});
