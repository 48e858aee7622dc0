import { createHmac, sign } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { VerificationError } from '../../src/errors.js';
import type { IdTokenVerifierOptions } from '../../src/verification/id-token-options.js';
import { verifierTerms } from '../../src/verification/id-token-terms.js';
import { IssuerKeys } from '../../src/verification/issuer-keys.js';
import { judgeIdToken } from '../../src/verification/judgement.js';
import type { VerifiedIdToken } from '../../src/verification/verified-id-token.js';
import {
  answering,
  AUDIENCE,
  ISSUER,
  keysAnswer,
  NOW,
  rawToken,
  someClaims,
  someToken,
} from '../fixtures/id-tokens.js';
import { everythingShown, P256, publicPemOf, RSA, type Pair } from '../fixtures/keys.js';

const { transport, asked } = answering(keysAnswer());
const clock = manualClock();

/** A judge who knows the issuer's keys. */
function judge(options: Partial<IdTokenVerifierOptions> = {}): (token: unknown) => Promise<VerifiedIdToken> {
  const terms = verifierTerms({ audience: AUDIENCE, transport, clock, ...options } as IdTokenVerifierOptions);
  const keys = new IssuerKeys(terms);
  return async (token) => await judgeIdToken(token as string, terms, keys, undefined);
}

const judged = judge();

async function codeOf(token: unknown, judging: typeof judged = judged): Promise<unknown> {
  return await judging(token).then(
    () => 'believed',
    (error: unknown) => (error instanceof VerificationError ? error.code : error),
  );
}

const signed = (header: string, claims: string, { privateKey }: Pair = RSA): string =>
  rawToken(header, claims, (input) =>
    sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  );

describe('A good token', () => {
  test('What it says is told', async () => {
    expect(await judged(someToken({ email: 'a@example.com', email_verified: true }))).toMatchObject({
      issuer: ISSUER,
      subject: '1234',
      audience: [AUDIENCE],
      email: 'a@example.com',
      emailVerified: true,
      issuedAt: NOW,
      expiresAt: NOW + 3_600_000,
      claims: { sub: '1234' },
    });
  });

  test('Keys of IAP and of other issuers sign with ES256, where that is accepted', async () => {
    const token = someToken({}, { alg: 'ES256', kid: 'p256' }, P256);

    expect(await codeOf(token, judge({ algorithms: ['ES256'] }))).toBe('believed');
    expect(await codeOf(token)).toBe('algorithm_refused');
  });

  test('The token is not held, nor shown', async () => {
    const token = someToken();

    const shown = everythingShown(await judged(token));

    for (const part of token.split('.')) expect(shown).not.toContain(part);
  });
});

describe('The algorithm', () => {
  const header = (alg: string, kid: string): string => JSON.stringify({ alg, kid, typ: 'JWT' });
  const claims = JSON.stringify(someClaims());
  const accepting = judge({ algorithms: ['RS256', 'ES256', 'ES384'] });

  test.each(['none', 'None', 'NONE', ''])('F26 A token without a signature is refused: "%s"', async (alg) => {
    expect(await codeOf(rawToken(header(alg, 'rsa'), claims, () => Buffer.alloc(0)))).toBe('algorithm_refused');
  });

  test('F26 An RS256 token without its signature is refused', async () => {
    expect(await codeOf(rawToken(header('RS256', 'rsa'), claims, () => Buffer.alloc(0)))).toBe('signature_invalid');
  });

  test.each(['HS256', 'RS256'])('F26 An HMAC with the public key as the secret is refused, called %s', async (alg) => {
    for (const secret of [
      publicPemOf(RSA),
      publicPemOf(RSA, 'pkcs1'),
      RSA.publicKey.export({ type: 'spki', format: 'der' }),
    ]) {
      const token = rawToken(header(alg, 'rsa'), claims, (input) =>
        createHmac('sha256', secret).update(input).digest(),
      );

      expect(await codeOf(token)).toBe(alg === 'HS256' ? 'algorithm_refused' : 'signature_invalid');
    }
  });

  test.each([
    ['RS256', 'p256', P256],
    ['RS256', 'p256', RSA],
    ['ES256', 'rsa', RSA],
    ['ES256', 'rsa', P256],
    ['ES256', 'p384', P256],
    ['ES384', 'p256', P256],
  ])('F26 A token that names %s and the key %s is refused: the key is for another', async (alg, kid, pair) => {
    expect(await codeOf(signed(header(alg, kid), claims, pair), accepting)).toBe('algorithm_refused');
  });

  test('A key that the token brings along is not looked at', async () => {
    const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = own.publicKey.export({ format: 'jwk' });
    const extras = { jwk, jku: 'https://evil.example/keys', x5u: 'https://evil.example/cert' };

    expect(await codeOf(someToken({}, extras, own))).toBe('signature_invalid');
    expect(await codeOf(someToken({}, { ...extras, kid: 'own' }, own))).toBe('key_unknown');
  });

  test('Extensions that must be understood are not', async () => {
    expect(await codeOf(someToken({}, { crit: ['exp'] }))).toBe('token_malformed');
  });
});

describe('The shape', () => {
  const good = someToken();
  const [head = '', body = '', signature = ''] = good.split('.');

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an object', { toString: () => good }],
    ['the empty text', ''],
    ['dots', '..'],
    ['one part', head],
    ['two parts', `${head}.${body}`],
    ['four parts', `${good}.${signature}`],
    ['five parts', `${good}..`],
    ['a scheme', `Bearer ${good}`],
    ['white space', ` ${good}`],
    ['a line end', `${good}\n`],
    ['padding', `${good}==`],
    ['other base64', `${head}.${body}.+/+/`],
    ['a header that is no JSON', `${Buffer.from('alg=RS256').toString('base64url')}.${body}.${signature}`],
    ['a header that is a list', `${Buffer.from('["RS256"]').toString('base64url')}.${body}.${signature}`],
    ['claims that are no JSON', `${head}.${Buffer.from('{"sub":').toString('base64url')}.${signature}`],
    ['claims that are a text', `${head}.${Buffer.from('"sub"').toString('base64url')}.${signature}`],
    [
      'claims that are not UTF-8',
      `${head}.${Buffer.of(0x7b, 0x22, 0xff, 0x22, 0x7d).toString('base64url')}.${signature}`,
    ],
    ['64 KiB and more', `${head}.${'A'.repeat(65_536)}.${signature}`],
    ['megabytes', 'A.'.repeat(2_000_000)],
  ])('%s is no token, and asks for no key', async (_, token) => {
    const before = asked();

    expect(await codeOf(token, judge())).toBe('token_malformed');
    expect(asked()).toBe(before);
  });

  test('F81 Claims in __proto__ are not claims', async () => {
    const own = JSON.stringify(someClaims({ aud: undefined, sub: undefined }));
    const claims = `${own.slice(0, -1)},"__proto__":${JSON.stringify(someClaims())}}`;

    expect(await codeOf(signed('{"alg":"RS256","kid":"rsa"}', claims))).toBe('claim_invalid');
  });

  test('Of two members with one name the last counts, wherever it is looked at', async () => {
    const claims = JSON.stringify(someClaims());
    const twice = `{"aud":"other",${claims.slice(1)}`;

    expect(await codeOf(signed('{"alg":"none","alg":"RS256","kid":"rsa"}', twice))).toBe('believed');
    expect(await codeOf(signed('{"alg":"RS256","alg":"none","kid":"rsa"}', claims))).toBe('algorithm_refused');
    expect(await codeOf(signed('{"alg":"RS256","kid":"rsa"}', `${claims.slice(0, -1)},"aud":"other"}`))).toBe(
      'audience_mismatch',
    );
  });
});

describe('The order of the checks', () => {
  test('Nothing that a token says is told before its signature has been verified', async () => {
    const forged = someToken({ exp: 1, iss: 'evil', aud: 'evil' }).replace(
      /\.[^.]+$/,
      `.${someToken().split('.')[2]!}`,
    );

    expect(await codeOf(forged)).toBe('signature_invalid');
  });

  test('An old token of a stranger for somebody else is old; a stranger’s for somebody else a stranger’s', async () => {
    expect(await codeOf(someToken({ exp: 1, iss: 'evil', aud: 'evil' }))).toBe('token_expired');
    expect(await codeOf(someToken({ iss: 'evil', aud: 'evil' }))).toBe('issuer_mismatch');
    expect(await codeOf(someToken({ aud: 'evil' }))).toBe('audience_mismatch');
  });
});

describe('Properties', () => {
  const good = someToken({ email: 'someone@example.com' });
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

  test('A token with one character changed is never believed', async () => {
    const place = fc.nat({ max: good.length - 1 });

    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom(...alphabet), async (at, character) => {
        fc.pre(good[at] !== character);
        const changed = good.slice(0, at) + character + good.slice(at + 1);

        const code = await codeOf(changed);

        expect(['token_malformed', 'algorithm_refused', 'key_unknown', 'signature_invalid']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  test('A token that is cut short, or goes on, is never believed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: good.length - 1 }), fc.string({ minLength: 1 }), async (at, more) => {
        expect(await codeOf(good.slice(0, at))).not.toBe('believed');
        expect(await codeOf(good + more)).not.toBe('believed');
      }),
      { numRuns: 100 },
    );
  });

  test('Whatever is presented, the answer is a VerificationError that tells nothing of it', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    );
    const token = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.')),
    );

    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        const error: unknown = await judged(text).catch((thrown: unknown) => thrown);

        expect(error).toBeInstanceOf(VerificationError);
        if (text.length > 20) expect((error as Error).message).not.toContain(text);
      }),
      { numRuns: 300 },
    );
  });

  test('Whatever an issuer signs, the answer is a result or a VerificationError', async () => {
    const names = fc.constantFrom('iss', 'aud', 'sub', 'iat', 'exp', 'nbf', 'azp', 'hd', 'email', '__proto__');
    const value = fc.jsonValue();

    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value, { minKeys: 1, maxKeys: 2 }), async (overrides) => {
        const code = await codeOf(someToken(overrides));

        expect(typeof code).toBe('string');
      }),
      { numRuns: 100 },
    );
  });
});
