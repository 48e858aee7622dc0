import { OAuth2Client } from 'google-auth-library';
import { describe, expect, test } from 'vitest';
import { manualClock, type Emulator, type IdTokenOptions, type ManualClock } from 'credence/testing';
import type { VerifyIdTokenOptions } from '../../src/verification/id-token-options.js';
import type { VerifiedIdToken } from '../../src/verification/verified-id-token.js';
import { verifyFirebaseToken, verifyIdToken } from '../../src/verification/verify-id-token.js';
import { answering, keysAnswer, someToken } from '../fixtures/id-tokens.js';
import { everythingShown, jwkOf, P256, RSA } from '../fixtures/keys.js';
import { anEmulator } from '../testing/emulator-client.js';

const AUDIENCE = 'client-1';
const DEFECTS = ['expired', 'signature', 'foreign-key', 'alg-none', 'alg-hs256'] as const;
const MINUTE = 60_000;

interface Issuer {
  readonly emulator: Emulator;
  readonly clock: ManualClock;
  /** A token of the issuer. */
  readonly token: (options?: Partial<IdTokenOptions>) => Promise<string>;
  /** Verifies by the issuer's keys. */
  readonly verify: (token: string, options?: Partial<VerifyIdTokenOptions>) => Promise<VerifiedIdToken>;
}

async function anIssuer(): Promise<Issuer> {
  const clock = manualClock();
  const emulator = await anEmulator({ clock });
  return {
    emulator,
    clock,
    token: (options = {}) => emulator.idToken({ audience: AUDIENCE, ...options }),
    verify: (token, options = {}) =>
      verifyIdToken(token, {
        audience: AUDIENCE,
        certsUrl: emulator.jwksUri,
        clock,
        ...options,
      } as VerifyIdTokenOptions),
  };
}

/** Lets time pass while somebody sleeps, and the sockets do their work while nobody does. */
async function whileTimePasses<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  work.then(end, end);
  while (!ended) {
    if (clock.pending > 0) await clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return await work;
}

/** What the verification of a token ends with. */
const codeOf = (verification: Promise<unknown>): Promise<unknown> =>
  verification.then(
    () => 'believed',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );

describe('verifyIdToken', () => {
  test.each(['jwksUri', 'certsUri'] as const)('A token of Google’s is believed by the keys at %s', async (uri) => {
    const { emulator, clock, token, verify } = await anIssuer();

    const verified = await verify(await token(), { certsUrl: emulator[uri] });

    expect(verified).toMatchObject({
      issuer: 'https://accounts.google.com',
      audience: [AUDIENCE],
      subject: expect.stringMatching(/^\d{21}$/),
      email: 'someone@example.com',
      emailVerified: true,
      expiresAt: clock.now() + 60 * MINUTE,
    });
  });

  test.each([
    ['expired', 'token_expired'],
    ['signature', 'signature_invalid'],
    ['foreign-key', 'signature_invalid'],
    ['alg-none', 'algorithm_refused'],
    ['alg-hs256', 'algorithm_refused'],
  ] as const)('F26 A token with the defect %s is refused as %s', async (defect, code) => {
    const { token, verify } = await anIssuer();

    expect(await codeOf(verify(await token({ defect })))).toBe(code);
  });

  test('No error shows the token, or any part of it', async () => {
    const { emulator, clock, token, verify } = await anIssuer();
    const tokens = [
      ...(await Promise.all(DEFECTS.map((defect) => token({ defect })))),
      await token({ issuer: 'https://evil.example' }),
      await token({ audience: 'somebody-else' }),
      await token({ kid: 'unknown-key' }),
      await token({ claims: { sub: undefined } }),
    ];
    await verify(await token());
    await emulator.outage(true);

    for (const each of tokens) {
      const shown = everythingShown(await whileTimePasses(clock, verify(each)).catch((error: unknown) => error));
      for (const part of each.split('.').filter((text) => text !== '')) expect(shown).not.toContain(part);
      expect(shown).not.toMatch(/evil|somebody-else|unknown-key|someone@/);
    }
  });

  test('A thousand verifications at once fetch the keys once', async () => {
    const { emulator, token, verify } = await anIssuer();
    const idToken = await token();

    const verified = await Promise.all(Array.from({ length: 1_000 }, () => verify(idToken)));

    expect(new Set(verified.map(({ subject }) => subject)).size).toBe(1);
    expect(emulator.requests.certs).toBe(1);
  });

  test('After a rotation the keys are fetched once more, and the old key serves until it is withdrawn', async () => {
    const { emulator, clock, token, verify } = await anIssuer();
    const old = await token();
    await verify(old);
    await emulator.rotateKeys();
    await clock.advance(MINUTE);

    const fresh = await token();
    await Promise.all([verify(fresh), verify(fresh), verify(old)]);
    const afterOne = emulator.requests.certs;
    await emulator.rotateKeys();
    await clock.advance(MINUTE);
    await verify(await token());

    expect([afterOne, emulator.requests.certs]).toEqual([2, 3]);
    expect(await codeOf(verify(old))).toBe('key_unknown');
  });

  test('Made-up key ids do not make us ask the issuer again and again', async () => {
    const { emulator, token, verify } = await anIssuer();
    await verify(await token());

    const codes = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => codeOf(verify(await token({ kid: `made-up-${index}` })))),
    );

    expect(new Set(codes)).toEqual(new Set(['key_unknown']));
    expect(emulator.requests.certs).toBe(2);
  });

  test('F26 A token by a key that the issuer has just begun to use is believed at once', async () => {
    const { emulator, token, verify } = await anIssuer();
    await verify(await token());
    await emulator.rotateKeys();

    const verified = await verify(await token());

    expect(verified.audience).toEqual([AUDIENCE]);
    expect(emulator.requests.certs).toBe(2);
  });

  test('A token by the last of 121 keys is believed', async () => {
    const keys = [
      ...Array.from({ length: 120 }, (_, index) => jwkOf(P256, { kid: `other-${index}` })),
      jwkOf(RSA, { kid: 'rsa' }),
    ];
    const { transport } = answering(keysAnswer({ keys }));

    const verification = verifyIdToken(someToken(), { audience: AUDIENCE, transport, clock: manualClock() });

    expect(await codeOf(verification)).toBe('believed');
  });

  test('The keys are fetched again when their time is over', async () => {
    const { emulator, clock, token, verify } = await anIssuer();
    emulator.configure({ certsMaxAgeMs: 10 * MINUTE });
    await verify(await token());

    await clock.advance(10 * MINUTE);
    await verify(await token());

    expect(emulator.requests.certs).toBe(2);
  });

  test('F26 While the issuer cannot be reached, its last keys are believed', async () => {
    const { emulator, clock, token, verify } = await anIssuer();
    await verify(await token());
    await emulator.outage(true);
    await clock.advance(61 * MINUTE);

    const verified = await whileTimePasses(clock, verify(await token()));

    expect(verified.audience).toEqual([AUDIENCE]);
    expect(emulator.requests.certs).toBe(1);
  });

  test('F26 Where the keys were never there, nobody can tell, for now', async () => {
    const { emulator, token, verify } = await anIssuer();
    const idToken = await token();
    emulator.faults.next('certs', { status: 404 });

    const error: unknown = await verify(idToken).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'certificates_unavailable', retryable: true });
  });

  test('Keys that come at the second attempt are as good', async () => {
    const { emulator, clock, token, verify } = await anIssuer();
    const idToken = await token();
    emulator.faults.next('certs', { status: 503 });

    expect(await codeOf(whileTimePasses(clock, verify(idToken)))).toBe('believed');
    expect(emulator.requests.certs).toBe(2);
  });

  test('F16 A document of keys that is larger than 1 MiB is not read to its end', async () => {
    const { emulator, clock, token, verify } = await anIssuer();
    const idToken = await token();
    emulator.faults.always('certs', { status: 200, body: ' '.repeat(2_000_000) });

    const error: unknown = await whileTimePasses(clock, verify(idToken)).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'certificates_unavailable', cause: { code: 'body_too_large' } });
  });

  test('A redirect to other keys is not followed', async () => {
    const { emulator, token, verify } = await anIssuer();
    const idToken = await token();
    emulator.faults.next('certs', { redirect: emulator.certsUri });

    expect(await codeOf(verify(idToken))).toBe('certificates_unavailable');
    expect(emulator.requests.certs).toBe(1);
  });

  test('A transport of one’s own fetches the keys, and shares them with those who give the same', async () => {
    const clock = manualClock();
    const one = answering(keysAnswer());
    const other = answering(keysAnswer({ keys: [] }));
    const verify = (transport: typeof one.transport): Promise<unknown> =>
      codeOf(verifyIdToken(someToken(), { audience: AUDIENCE, transport, clock }));

    const codes = [await verify(one.transport), await verify(one.transport), await verify(other.transport)];

    expect(codes).toEqual(['believed', 'believed', 'certificates_unavailable']);
    expect(one.asked()).toBe(1);
  });

  test('Wrong arguments are told as such, and not as bad tokens', async () => {
    await expect(verifyIdToken('token', {} as never)).rejects.toThrow(TypeError);
    await expect(verifyIdToken('token', undefined as never)).rejects.toThrow(TypeError);
    await expect(verifyIdToken('token', { audience: 'a', signal: 5 as never })).rejects.toThrow(/"signal"/);
    await expect(verifyIdToken(undefined as never, { audience: 'a' })).rejects.toMatchObject({
      code: 'token_malformed',
    });
  });

  test('A call whose signal has aborted asks for nothing', async () => {
    const { emulator, token, verify } = await anIssuer();

    const left = verify(await token(), { signal: AbortSignal.abort(new Error('gone')) });

    await expect(left).rejects.toThrow('gone');
    expect(emulator.requests.certs).toBe(0);
  });
});

describe('verifyFirebaseToken', () => {
  async function firebase(
    claims: Partial<IdTokenOptions> = {},
    projectId: string = 'my-project',
  ): Promise<VerifiedIdToken> {
    const { emulator, clock, token } = await anIssuer();
    const certsUrl = `${emulator.url}/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com`;
    const idToken = await token({ style: 'firebase', audience: 'my-project', ...claims });
    return await verifyFirebaseToken(idToken, { projectId, certsUrl, clock });
  }

  test('A token of the project is believed', async () => {
    const verified = await firebase();

    expect(verified).toMatchObject({ issuer: 'https://securetoken.google.com/my-project', audience: ['my-project'] });
    expect(verified.claims['firebase']).toMatchObject({ sign_in_provider: 'password' });
    expect(verified.claims['user_id']).toBe(verified.subject);
  });

  test.each([
    ['of another project', { audience: 'other-project' }, 'issuer_mismatch'],
    ['that only says it is for the project', { issuer: 'https://securetoken.google.com/other' }, 'issuer_mismatch'],
    ['of the project’s own issuer for another', { claims: { aud: 'other' } }, 'audience_mismatch'],
    ['of Google’s', { style: 'google' }, 'claim_invalid'],
    ['without a subject', { claims: { sub: '' } }, 'claim_invalid'],
    ['without a sign-in', { claims: { auth_time: undefined } }, 'claim_invalid'],
    ['with a sign-in to come', { claims: { auth_time: Date.UTC(2030, 0) / 1000 } }, 'token_not_yet_valid'],
    ['without a signature', { defect: 'alg-none' }, 'algorithm_refused'],
  ] as const)('A token %s is refused', async (_, options, code) => {
    expect(await codeOf(firebase(options))).toBe(code);
  });
});

describe('google-auth-library believes and refuses the same', () => {
  const cases: readonly (readonly [what: string, options: Partial<IdTokenOptions>, believed: boolean])[] = [
    ['as Google makes it', {}, true],
    ['for another app', { audience: 'other' }, false],
    ['of another issuer', { issuer: 'https://evil.example' }, false],
    ['of the issuer’s other name', { issuer: 'accounts.google.com' }, true],
    ['of an unknown key', { kid: 'unknown' }, false],
    ['that lives for two days', { lifetimeMs: 48 * 60 * MINUTE }, false],
    ['that is an hour too early', { issuedAt: Date.now() + 60 * MINUTE }, false],
    ['without its end', { claims: { exp: undefined } }, false],
    ['without its beginning', { claims: { iat: undefined } }, false],
    ...DEFECTS.map((defect) => [`with the defect ${defect}`, { defect }, false] as const),
  ];

  test.each(cases)('A token %s', async (_, options, believed) => {
    const emulator = await anEmulator();
    const idToken = await emulator.idToken({ audience: AUDIENCE, ...options });
    const theirs = new OAuth2Client({ endpoints: { oauth2FederatedSignonPemCertsUrl: emulator.certsUri } });

    const ours = verifyIdToken(idToken, { audience: AUDIENCE, certsUrl: emulator.certsUri });
    const outcomes = await Promise.allSettled([ours, theirs.verifyIdToken({ idToken, audience: AUDIENCE })]);

    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([believed, believed]);
  });
});
