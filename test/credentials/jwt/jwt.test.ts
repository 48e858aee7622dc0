import { writeFileSync } from 'node:fs';
import { JWTAccess } from 'google-auth-library';
import jws from 'jws';
import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { JwtCredentials } from '../../../src/credentials/jwt/jwt.js';
import { ServiceAccountCredentials } from '../../../src/credentials/service-account/service-account.js';
import { decodeJwt } from '../../../src/jose/jwt.js';
import { publicPemOf, RSA } from '../../fixtures/keys.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { aKey, anInfo, claimsOf, countedSigner, EMAIL, PEM, SIGNER } from '../../fixtures/service-account.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';
import { anEmulator } from '../../fixtures/user.js';

const AUDIENCE = 'https://pubsub.googleapis.com/';
const folder = temporaryFolder();

const aJwt = (options: object = {}) =>
  new JwtCredentials({ signer: SIGNER, issuer: EMAIL, audience: AUDIENCE, ...options });

describe('The token', () => {
  test('is signed once for every URL, and nobody is asked', async () => {
    const signer = countedSigner();
    const credentials = aJwt({ signer, transport: () => Promise.reject(new Error('nobody is to be asked')) });

    const one = await headersOf(credentials, 'https://one.googleapis.com/');
    const two = await headersOf(credentials, 'https://two.googleapis.com/');

    expect(two).toEqual(one);
    expect(signer.count).toBe(1);
    expect(credentials.valid).toBe(true);
  });

  test('is what google-auth-library signs', async () => {
    const credentials = aJwt({ additionalClaims: { custom: 'claim' } });
    const library = new JWTAccess(EMAIL, PEM, 'key-1');

    const ours = String((await headersOf(credentials))['authorization']);
    const theirs = String(library.getRequestHeaders(AUDIENCE, { custom: 'claim' }).get('authorization'));

    expect(jws.verify(ours.replace('Bearer ', ''), 'RS256', publicPemOf(RSA))).toBe(true);
    expect({ ...claimsOf(ours), iat: 0, exp: 3600 }).toEqual({
      ...claimsOf(theirs),
      iat: 0,
      exp: Number(claimsOf(theirs)['exp']) - Number(claimsOf(theirs)['iat']),
    });
    expect(decodeJwt(ours.replace('Bearer ', '')).header).toMatchObject(
      decodeJwt(theirs.replace('Bearer ', '')).header,
    );
  });

  test('F50 is signed anew where the clock was ahead, because nobody believes one of a time to come', async () => {
    const clock = manualClock();
    const credentials = aJwt({ clock });
    clock.stepWall(7_200_000);
    await headersOf(credentials);
    clock.stepWall(-7_200_000);
    await clock.advance(1_000);

    await headersOf(credentials);
    await clock.advance(5_000);
    await headersOf(credentials);
    await expect
      .poll(async () => claimsOf(String((await headersOf(credentials))['authorization']))['iat'])
      .toBe(Math.floor(clock.now() / 1_000));
  });

  test('is believed by the API that it names', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    const credentials = JwtCredentials.fromServiceAccountInfo(info, { audience: `${emulator.url}/` });

    const response = await fetch(emulator.apiUrl, { headers: await headersOf(credentials, emulator.apiUrl) });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain(info.client_email);
  });

  test('speaks for a subject, and lives as long as it is told to', async () => {
    const clock = manualClock();
    const credentials = aJwt({ clock, subject: 'user@example.com', tokenLifetimeMs: 60_000 });

    const token = await credentials.refresh();

    expect(claimsOf(token.value)).toMatchObject({ iss: EMAIL, sub: 'user@example.com', aud: AUDIENCE });
    expect(token.expiresAt).toBe(clock.now() + 60_000);
  });
});

describe('Factories', () => {
  test('read a key file', async () => {
    writeFileSync(folder.file, JSON.stringify(anInfo({ quota_project_id: 'quota' })));

    const credentials = await JwtCredentials.fromServiceAccountFile(folder.file, { audience: AUDIENCE });

    expect([credentials.signerEmail, credentials.audience, credentials.quotaProjectId]).toEqual([
      EMAIL,
      AUDIENCE,
      'quota',
    ]);
    expect(claimsOf((await credentials.refresh()).value)).toMatchObject({ iss: EMAIL, sub: EMAIL, aud: AUDIENCE });
  });

  test('take the contents of one, with the caller’s claims', () => {
    const credentials = JwtCredentials.fromServiceAccountInfo(anInfo(), {
      audience: AUDIENCE,
      additionalClaims: { a: 1 },
    });

    expect([credentials.audience, credentials.additionalClaims]).toEqual([AUDIENCE, { a: 1 }]);
  });

  test('sign as other credentials do', () => {
    const other = new ServiceAccountCredentials(aKey());

    const credentials = JwtCredentials.fromSigningCredentials(other, AUDIENCE, { subject: 'sub' });

    expect(credentials.signer).toBe(other.signer);
    expect([credentials.signerEmail, credentials.audience]).toEqual([EMAIL, AUDIENCE]);
  });

  test('make the class that they are called on', () => {
    class Own extends JwtCredentials {}

    expect(Own.fromServiceAccountInfo(anInfo(), { audience: AUDIENCE })).toBeInstanceOf(Own);
    expect(Own.fromSigningCredentials(aJwt(), AUDIENCE)).toBeInstanceOf(Own);
  });

  test.each([undefined, '', 7])('refuse to sign for everybody: the audience %j', async (audience) => {
    const options = { audience } as never;

    expect(() => JwtCredentials.fromServiceAccountInfo(anInfo(), options)).toThrow('"audience"');
    expect(() => JwtCredentials.fromSigningCredentials(aJwt(), audience as never)).toThrow('"audience"');
    await expect(JwtCredentials.fromServiceAccountFile('key.json', options)).rejects.toThrow('"audience"');
  });
});

describe('Copies', () => {
  test('with other claims keep everything else, and have no token yet', async () => {
    const credentials = aJwt({ additionalClaims: { a: 1 }, quotaProjectId: 'project', tokenLifetimeMs: 60_000 });
    await credentials.refresh();

    const copy = credentials.withClaims({ subject: 'sub', additionalClaims: { b: 2 } });

    expect(copy.token).toBeUndefined();
    expect([copy.audience, copy.quotaProjectId, copy.additionalClaims]).toEqual([AUDIENCE, 'project', { a: 1, b: 2 }]);
    const claims = claimsOf((await copy.refresh()).value);
    expect([claims['sub'], Number(claims['exp']) - Number(claims['iat'])]).toEqual(['sub', 60]);
    expect(credentials.additionalClaims).toEqual({ a: 1 });
  });

  test('that differ in the quota project share the token', async () => {
    const credentials = aJwt();
    const { value } = await credentials.refresh();

    expect(credentials.withQuotaProject('project').token).toBe(value);
  });
});

test('They tell who signs, and can sign other things too', async () => {
  const credentials = aJwt({ signer: countedSigner() });

  expect(credentials.getCredentialInfo()).toEqual({ source: 'a signer', type: 'self-signed JWT', principal: EMAIL });
  expect(Buffer.from(await credentials.signBytes('text')).toString()).toBe('the-signature-1');
  await expect(credentials.signBytes('text', { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
});

test('The usage header names self-signed tokens', async () => {
  const headers = await headersOf(aJwt({ usageHeader: true }), 'https://pubsub.googleapis.com/v1');

  expect(headers['x-goog-api-client']).toBe('cred-type/jwt');
});

test('F82 A signer that fails is told to the caller, and asked again by the next refresh', async () => {
  let fails = true;
  const signer = countedSigner();
  const flaky = { ...signer, sign: () => (fails ? Promise.reject(new Error('down')) : signer.sign('')) };
  const credentials = aJwt({ signer: flaky });

  await expect(credentials.refresh()).rejects.toMatchObject({ code: 'signing_failed' });
  fails = false;

  expect((await credentials.refresh()).value).not.toBe('');
});
