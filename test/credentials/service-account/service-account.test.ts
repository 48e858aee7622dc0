import { writeFile } from 'node:fs/promises';
import { JWT } from 'google-auth-library';
import { describe, expect, test } from 'vitest';
import { ServiceAccountCredentials } from '../../../src/credentials/service-account/service-account.js';
import { decodeJwt } from '../../../src/jose/jwt.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { anEmulator } from '../../fixtures/user.js';

const CLOUD = 'https://www.googleapis.com/auth/cloud-platform';
const HOUR_MS = 3_600_000;

type Given = Parameters<typeof ServiceAccountCredentials.fromServiceAccountInfo>[1];

async function anAccount(options: Given = {}, account = {}) {
  const emulator = await anEmulator();
  const file = await emulator.serviceAccount(account);
  return { emulator, ...file, credentials: ServiceAccountCredentials.fromServiceAccountInfo(file.info, options) };
}

async function bearerFor(credentials: ServiceAccountCredentials, url: string): Promise<string> {
  const headers: Record<string, string> = {};
  await credentials.beforeRequest(undefined, 'GET', url, headers);
  return String(headers['authorization']).slice('Bearer '.length);
}

const claimsOf = (jwt: string): Readonly<Record<string, unknown>> => decodeJwt(jwt).payload;

describe('With scopes', () => {
  test('the token endpoint is asked once, and its token works', async () => {
    const { emulator, credentials, info } = await anAccount({ scopes: CLOUD });

    const tokens = await Promise.all([
      bearerFor(credentials, emulator.apiUrl),
      bearerFor(credentials, emulator.apiUrl),
    ]);

    expect(new Set(tokens).size).toBe(1);
    expect(emulator.requests.token).toBe(1);
    const echo = await fetch(emulator.apiUrl, { headers: { authorization: `Bearer ${tokens[0]}` } });
    expect(echo.status).toBe(200);
    expect(await echo.text()).toContain(info.client_email);
  });

  test('default scopes are asked for where no others are', async () => {
    const { credentials } = await anAccount({ defaultScopes: CLOUD });

    const token = await credentials.refresh();

    expect(token.scopes).toEqual([CLOUD]);
  });

  test('a user of the domain is acted for', async () => {
    const { emulator, credentials } = await anAccount({ scopes: CLOUD }, { delegatedUsers: ['user@example.com'] });

    const token = await bearerFor(credentials.withSubject('user@example.com'), emulator.apiUrl);

    const echo = await fetch(emulator.apiUrl, { headers: { authorization: `Bearer ${token}` } });
    expect(await echo.text()).toContain('user@example.com');
  });

  test('F14 a user whom it may not act for is refused with what to check', async () => {
    const { credentials } = await anAccount({ scopes: CLOUD, subject: 'other@example.com' });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'request_refused', retryable: false });
  });

  test('a deleted key is a refusal that names the causes', async () => {
    const { credentials, account, info } = await anAccount({ scopes: CLOUD });
    account.deleteKey(info.private_key_id);

    await expect(credentials.refresh()).rejects.toMatchObject({
      code: 'invalid_grant',
      message: expect.stringMatching(/key may have been deleted.*Invalid JWT Signature/) as unknown,
    });
  });
});

describe('Without scopes', () => {
  test('each API host gets a self-signed token of its own, and no endpoint is asked', async () => {
    const { emulator, credentials, info } = await anAccount();

    const one = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1/projects/p/topics?x=1');
    const two = await bearerFor(credentials, 'https://storage.googleapis.com/storage/v1/b');
    const again = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1/other');

    expect(claimsOf(one)).toMatchObject({
      iss: info.client_email,
      sub: info.client_email,
      aud: 'https://pubsub.googleapis.com/',
    });
    expect(claimsOf(two)['aud']).toBe('https://storage.googleapis.com/');
    expect(again).toBe(one);
    expect(emulator.requests.token).toBe(0);
  });

  test('the token is believed by the API that it names', async () => {
    const { emulator, credentials } = await anAccount();

    const token = await bearerFor(credentials, emulator.apiUrl);

    const echo = await fetch(emulator.apiUrl, { headers: { authorization: `Bearer ${token}` } });
    expect(echo.status).toBe(200);
  });

  test('google-auth-library signs the same token', async () => {
    const { credentials, info } = await anAccount();
    const library = new JWT({ email: info.client_email, key: info.private_key, keyId: info.private_key_id });

    const ours = decodeJwt(await bearerFor(credentials, 'https://pubsub.googleapis.com/v1'));
    const theirs = (await library.getRequestHeaders('https://pubsub.googleapis.com/')).get('authorization');

    const { payload, header } = decodeJwt(String(theirs).slice('Bearer '.length));
    expect(header).toEqual(expect.objectContaining({ ...ours.header, typ: 'JWT' }));
    expect(Object.keys(ours.payload).sort()).toEqual(Object.keys(payload).sort());
    expect([ours.payload['iss'], ours.payload['sub'], ours.payload['aud']]).toEqual([
      payload['iss'],
      payload['sub'],
      payload['aud'],
    ]);
  });

  test('refresh() without a default audience says what to give', async () => {
    const { credentials } = await anAccount();

    await expect(credentials.refresh()).rejects.toMatchObject({
      code: 'not_refreshable',
      message: expect.stringContaining('defaultAudience') as unknown,
    });
  });

  test('refresh() signs for the default audience', async () => {
    const { credentials } = await anAccount({ defaultAudience: 'https://pubsub.googleapis.com/' });

    const token = await credentials.refresh();

    expect(claimsOf(token.value)['aud']).toBe('https://pubsub.googleapis.com/');
  });

  test('copies that differ in the quota project share the tokens', async () => {
    const { credentials } = await anAccount();
    const copy = credentials.withQuotaProject('project');
    const headers: Record<string, string> = {};

    const token = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1');
    await copy.beforeRequest(undefined, 'GET', 'https://pubsub.googleapis.com/v1', headers);

    expect(headers).toEqual({ authorization: `Bearer ${token}`, 'x-goog-user-project': 'project' });
  });

  test('F43 only the token that an API rejected is dropped', async () => {
    const clock = manualClock();
    const { credentials } = await anAccount({ clock });
    const one = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1');
    const two = await bearerFor(credentials, 'https://storage.googleapis.com/v1');
    await clock.advance(1_000);

    expect([credentials.invalidate(one), credentials.invalidate('unknown')]).toEqual([true, false]);

    expect(await bearerFor(credentials, 'https://pubsub.googleapis.com/v1')).not.toBe(one);
    expect(await bearerFor(credentials, 'https://storage.googleapis.com/v1')).toBe(two);
  });

  test('a stale token is served, and signed anew in the background', async () => {
    const clock = manualClock();
    const { credentials } = await anAccount({ clock });
    const one = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1');
    await clock.advance(HOUR_MS - 100_000);

    const stale = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1');

    expect(stale).toBe(one);
    await expect.poll(() => bearerFor(credentials, 'https://pubsub.googleapis.com/v1')).not.toBe(one);
  });

  test('a URL that is not absolute is a TypeError: nobody knows whom the token is for', async () => {
    const { credentials } = await anAccount();

    await expect(bearerFor(credentials, '/v1/topics')).rejects.toThrow(TypeError);
  });

  test('a token is not sent over plain http', async () => {
    const { credentials } = await anAccount();

    await expect(bearerFor(credentials, 'http://example.com/')).rejects.toMatchObject({ code: 'insecure_target' });
  });
});

describe('Without a URL', () => {
  const PUBSUB = 'https://pubsub.googleapis.com/';

  test('no token is held, whatever hosts have one: only a default audience gets one for all', async () => {
    const { credentials } = await anAccount();
    await bearerFor(credentials, `${PUBSUB}v1`);

    expect([credentials.tokenState, credentials.token, credentials.tryApply({})]).toEqual([
      'invalid',
      undefined,
      false,
    ]);
    expect(() => credentials.apply({})).toThrow(expect.objectContaining({ code: 'no_token' }));
  });

  test('the token of the default audience is applied, and a host still gets its own', async () => {
    const { credentials } = await anAccount({ defaultAudience: PUBSUB, quotaProjectId: 'project' });
    const headers: Record<string, string> = {};
    await credentials.refresh();

    expect(credentials.tryApply(headers)).toBe(true);

    expect(headers).toEqual({ authorization: `Bearer ${String(credentials.token)}`, 'x-goog-user-project': 'project' });
    expect(claimsOf(await bearerFor(credentials, 'https://storage.googleapis.com/'))['aud']).toBe(
      'https://storage.googleapis.com/',
    );
  });
});

describe('The usage header', () => {
  const usageOf = async (credentials: ServiceAccountCredentials): Promise<string | undefined> => {
    const headers: Record<string, string> = {};
    const host = `https://pubsub.${credentials.universeDomain}/v1`;
    await credentials.beforeRequest(undefined, 'GET', host, headers);
    return headers['x-goog-api-client'];
  };

  test.each([
    ['asked for', { scopes: CLOUD }, 'cred-type/sa'],
    ['self-signed for a host', {}, 'cred-type/jwt'],
    ['self-signed with scopes', { scopes: CLOUD, alwaysUseJwtAccess: true }, 'cred-type/jwt'],
    ['self-signed in another universe', { scopes: CLOUD, universeDomain: 'example.cloud' }, 'cred-type/jwt'],
  ])('names tokens that are %s', async (_, options, label) => {
    const { credentials } = await anAccount({ usageHeader: true, ...options });

    expect(await usageOf(credentials)).toBe(label);
  });

  test('names what acts for a user as asked for, which is never self-signed', async () => {
    const options = { usageHeader: true, alwaysUseJwtAccess: true, scopes: CLOUD, subject: 'user@example.com' };
    const { credentials } = await anAccount(options, { delegatedUsers: ['user@example.com'] });

    expect(await usageOf(credentials)).toBe('cred-type/sa');
  });
});

describe('Always self-signed', () => {
  test('the token carries the scopes, and serves every host', async () => {
    const { credentials, emulator } = await anAccount({ scopes: CLOUD, alwaysUseJwtAccess: true });

    const one = await bearerFor(credentials, 'https://pubsub.googleapis.com/v1');
    const two = await bearerFor(credentials, 'https://storage.googleapis.com/v1');

    expect(claimsOf(one)).toMatchObject({ scope: CLOUD });
    expect(claimsOf(one)['aud']).toBeUndefined();
    expect([two, emulator.requests.token]).toEqual([one, 0]);
  });

  test('another universe is always so, and knows no delegation', async () => {
    const { credentials } = await anAccount({ scopes: CLOUD, universeDomain: 'example.cloud' });

    expect(claimsOf((await credentials.refresh()).value)['scope']).toBe(CLOUD);
    await expect(credentials.withSubject('a@example.com').refresh()).rejects.toMatchObject({
      code: 'universe_unsupported',
    });
    expect(credentials.alwaysUseJwtAccess).toBe(true);
    expect(() => credentials.withAlwaysUseJwtAccess(false)).toThrow('"alwaysUseJwtAccess" must be true');
  });

  test('can be switched on and off where there is a choice', async () => {
    const { credentials } = await anAccount({ scopes: CLOUD });

    const always = credentials.withAlwaysUseJwtAccess(true);

    expect([credentials.alwaysUseJwtAccess, always.alwaysUseJwtAccess]).toEqual([false, true]);
    expect(always.withAlwaysUseJwtAccess(false).alwaysUseJwtAccess).toBe(false);
  });
});

describe('Classes of one’s own', () => {
  class Own extends ServiceAccountCredentials {
    readonly extra = 'extra';

    protected override copy(...[options, keepsToken]: Parameters<ServiceAccountCredentials['copy']>): this {
      const { signer, serviceAccountEmail, scopes } = this;
      return new Own({ signer, serviceAccountEmail, scopes, ...options }, keepsToken ? this : undefined) as this;
    }
  }

  test('are what the factories make', async () => {
    const { path, info } = await anAccount();

    const made: Own[] = [Own.fromServiceAccountInfo(info), await Own.fromServiceAccountFile(path, { scopes: CLOUD })];

    expect(made.map((own) => [own instanceof Own, own.extra])).toEqual([
      [true, 'extra'],
      [true, 'extra'],
    ]);
    expect(made[1]?.withSubject('user@example.com')).toBeInstanceOf(Own);
  });
});

describe('Copies', () => {
  test('keep everything but what they change', async () => {
    const { credentials } = await anAccount({ scopes: CLOUD, subject: 'user@example.com', quotaProjectId: 'quota' });

    const copy = credentials.withScopes('other').withClaims({ a: 1 }).withClaims({ b: 2 });

    expect([copy.scopes, copy.subject, copy.quotaProjectId]).toEqual([['other'], 'user@example.com', 'quota']);
    expect(copy.additionalClaims).toEqual({ a: 1, b: 2 });
    expect([credentials.scopes, credentials.additionalClaims]).toEqual([[CLOUD], undefined]);
    expect(copy.signer).toBe(credentials.signer);
  });

  test.each(['abc', [1], null, undefined, new Map()])(
    'F82 are not made with claims that are none: %j',
    async (claims) => {
      const { credentials } = await anAccount();

      expect(() => credentials.withClaims(claims as never)).toThrow(
        new TypeError('"additionalClaims" must be an object that can be written as JSON'),
      );
    },
  );

  test('that mean another token have none yet, and those that mean the same share it', async () => {
    const { credentials } = await anAccount({ scopes: CLOUD });
    await credentials.refresh();

    expect(credentials.withScopes('other').token).toBeUndefined();
    expect(credentials.withTokenUri('https://oauth2.googleapis.com/token').token).toBeUndefined();
    expect(credentials.withQuotaProject('project').token).toBe(credentials.token);
  });
});

describe('Files', () => {
  test('name account, project, quota project and universe', async () => {
    const { path, info } = await anAccount({}, { quotaProjectId: 'quota' });

    const credentials = await ServiceAccountCredentials.fromServiceAccountFile(path, { scopes: CLOUD });

    expect(credentials.serviceAccountEmail).toBe(info.client_email);
    expect([credentials.projectId, credentials.quotaProjectId]).toEqual([info.project_id, 'quota']);
    expect(credentials.getCredentialInfo()).toEqual({
      source: path,
      type: 'service account credentials',
      principal: info.client_email,
    });
    expect((await credentials.refresh()).scopes).toEqual([CLOUD]);
  });

  test('F66 with a fault are refused with its name, and the key is never quoted', async () => {
    const { path, info } = await anAccount();
    await writeFile(path, JSON.stringify({ ...info, private_key: info.private_key.slice(0, 300) }));

    const error: unknown = await ServiceAccountCredentials.fromServiceAccountFile(path).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: 'invalid_key', message: expect.stringContaining(path) as unknown });
    expect((error as Error).message).not.toContain(info.private_key.slice(40, 80));
  });
});

test('Signatures are made with the key, and whoever holds the certificate can check them', async () => {
  const { credentials, info } = await anAccount();
  const { createPublicKey, verify } = await import('node:crypto');

  const signature = await credentials.signBytes('to be signed');
  const left = credentials.signBytes('to be signed', { signal: AbortSignal.abort('gone') });

  expect(verify('sha256', Buffer.from('to be signed'), createPublicKey(info.private_key), signature)).toBe(true);
  expect(credentials.signerEmail).toBe(info.client_email);
  await expect(left).rejects.toBe('gone');
});

test.each([
  [{ signer: {} }, '"signer"'],
  [{ serviceAccountEmail: '' }, '"serviceAccountEmail"'],
  [{ subject: 7 }, '"subject"'],
  [{ alwaysUseJwtAccess: 'yes' }, '"alwaysUseJwtAccess"'],
  [{ additionalClaims: [] }, '"additionalClaims"'],
  [{ maxAudiences: 0 }, '"maxAudiences"'],
  [{ scopes: 7 }, '"scopes"'],
])('A wrong option is a TypeError that names it: %j', async (wrong, name) => {
  const { credentials } = await anAccount();
  const right = { signer: credentials.signer, serviceAccountEmail: 'a@b.c' };

  expect(() => new ServiceAccountCredentials({ ...right, ...wrong } as never)).toThrow(name);
});
