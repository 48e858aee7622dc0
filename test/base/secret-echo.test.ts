import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoesSecret } from '../../src/base/secret-echo.js';
import { aSecretAndPart, aSpelling, BASE64, SPELLINGS } from '../fixtures/echoes.js';

const SECRET = '1//0aB~c+D/e&f=g"H.i_J-k';
const CUT_UP = 'GOCSPX-AbCdEfGhIjKlMnOp';
const SECRET_TOKEN = '1//0gSecretRefreshTokenValueXYZ987';

describe('An echo', () => {
  it.each([...SPELLINGS, ...BASE64])('F79 is found in $name', ({ write }) => {
    expect(echoesSecret(`Bad token: ${write(SECRET)}, sorry.`, [undefined, SECRET])).toBe(true);
  });

  it('F79 of any eight characters in a row is found in any spelling', () => {
    fc.assert(
      fc.property(aSecretAndPart, aSpelling, fc.string(), ({ secret, part }, { name, write }, around) => {
        // In base64 the edges of a part depend on what stands beside it: eight characters of a long one are certain.
        fc.pre(!name.startsWith('base64') || part.length > 10);

        expect(echoesSecret(`Bad token ${write(part)} ${around}`, [secret])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['by its beginning', 'Unknown token 1//0aB~c…'],
    ['by its end', 'Unknown token ending in _J-k.i_J-k H.i_J-k'],
    ['cut up by controls', '1//0\u0000aB~\u200bc+\r\nD/e'],
    ['broken over two lines', `1//0aB~c\r\n+D/e&f=g`],
  ])('F79 is found %s', (_how, text) => {
    expect(echoesSecret(text, ['1//0aB~c+D/e&f=g"H.i_J-k H.i_J-k'])).toBe(true);
  });

  it('F79 is found where the form of a request has a plus for a space', () => {
    expect(echoesSecret('secret=my+long+password', ['my long password'])).toBe(true);
  });

  it('F79 is assumed in a text that is escaped in too many ways to read', () => {
    expect(echoesSecret(`%${'25'.repeat(100)}2f`, [SECRET])).toBe(true);
  });
});

describe('An echo that is cut up', () => {
  it.each<[string, (text: string) => string]>([
    ['by spaces', (text) => [...text].join(' ')],
    ['by dashes', (text) => groups(text, 4).join('-')],
    ['by dots', (text) => groups(text, 7).join('...')],
    ['by line breaks', (text) => groups(text, 5).join('\r\n')],
    [
      'by commas and quotes',
      (text) =>
        groups(text, 3)
          .map((part) => `"${part}"`)
          .join(', '),
    ],
    ['in escapes', (text) => encodeURIComponent(groups(text, 4).join(' '))],
  ])('F79 is found where it is parted %s', (_how, write) => {
    for (const secret of [SECRET_TOKEN, CUT_UP])
      expect(echoesSecret(`Bad token: ${write(secret)}, sorry.`, [secret])).toBe(true);
  });

  it.each<[string, (text: string) => string]>([
    ['hex', (text) => Buffer.from(text).toString('hex')],
    ['hex in capitals', (text) => Buffer.from(text).toString('hex').toUpperCase()],
    ['hex with colons', (text) => groups(Buffer.from(text).toString('hex'), 2).join(':')],
    ['full-width letters', (text) => text.replace(/./g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))],
  ])('F79 is found in %s', (_how, write) => {
    for (const secret of [SECRET_TOKEN, CUT_UP])
      expect(echoesSecret(`Bad token: ${write(secret)}, sorry.`, [secret])).toBe(true);
  });

  it('F79 is not seen in sentences of the same words as a secret', () => {
    const secrets = ['client_secret_is_invalid', 'the-provided-client', 'my.old.client.secret'];

    expect(echoesSecret('The provided client secret is invalid.', secrets)).toBe(false);
  });

  function groups(text: string, length: number): string[] {
    return text.match(new RegExp(`.{1,${String(length)}}`, 'g')) ?? [];
  }
});

describe('What is no echo', () => {
  it.each([
    'Token has been expired or revoked.',
    'The provided client secret is invalid.',
    'Unauthorized',
    'The OAuth client was not found: check client_id and client_secret.',
    'Missing required parameter: refresh_token',
    'Invalid refresh_token for this application.',
  ])('is %j, whatever words the secrets are made of', (text) => {
    const secrets = [
      'my-refresh-token-that-was-revoked',
      'client_secret_of_the_application',
      'clientsecret1',
      'unauthorized-parameter-required',
      'refresh_token',
    ].filter((secret) => secret !== 'refresh_token' || !text.includes(secret));

    expect(echoesSecret(text, secrets)).toBe(false);
  });

  it('is seven characters of a secret, or the prefix of its kind', () => {
    expect(
      echoesSecret('GOCSPX- begins every client secret, 1//0 a refresh token.', ['GOCSPX-xyz123456', '1//0gAbCd']),
    ).toBe(false);
    expect(echoesSecret('abcdefg', ['abcdefgh'])).toBe(false);
  });

  it('is anything where there is no secret, or a short one', () => {
    expect(echoesSecret('Token token.', [undefined, '', 'token'])).toBe(false);
  });
});

it('F79 a secret that is a public word is found where all of it is said', () => {
  expect(echoesSecret('Bad secret: authorization', ['authorization'])).toBe(true);
});

it('F79 a secret that is no well-formed text is looked for', () => {
  expect(echoesSecret('lone \ud800 surrogate', ['lone \ud800 surrogate'])).toBe(true);
});
