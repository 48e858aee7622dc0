import { describe, expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { checkParties, type PartyTerms } from '../../src/verification/token-parties.js';
import { AUDIENCE, ISSUER, someClaims } from '../fixtures/id-tokens.js';

function check(claims: object, terms: Partial<PartyTerms> = {}): unknown {
  const defaults = { issuers: [ISSUER], audience: [AUDIENCE], hostedDomain: undefined };
  return checkParties(toJsonObject(JSON.parse(JSON.stringify(someClaims(claims))))!, { ...defaults, ...terms });
}

const refused = (code: string): unknown => expect.objectContaining({ code });

test('Issuer, audience and subject are told', () => {
  expect(check({})).toEqual({ issuer: ISSUER, audience: [AUDIENCE], subject: '1234' });
});

describe('The issuer', () => {
  test('Any of the issuers will do', () => {
    const issuers = ['accounts.google.com', 'https://accounts.google.com'];

    expect(check({ iss: 'accounts.google.com' }, { issuers })).toMatchObject({ issuer: 'accounts.google.com' });
  });

  test.each([`${ISSUER}/`, `${ISSUER}.evil.example`, 'HTTPS://ACCOUNTS.GOOGLE.COM', ' ' + ISSUER])(
    'F26 It must be spelt exactly so: %j',
    (iss) => {
      expect(() => check({ iss })).toThrow(refused('issuer_mismatch'));
    },
  );

  test.each([undefined, '', 1, [ISSUER]])('It must be a text: %j', (iss) => {
    expect(() => check({ iss })).toThrow(refused('claim_invalid'));
  });
});

describe('The audience', () => {
  test('One of several of ours will do', () => {
    expect(check({ aud: 'b' }, { audience: ['a', 'b'] })).toMatchObject({ audience: ['b'] });
  });

  test.each(['other', `${AUDIENCE}x`, AUDIENCE.toUpperCase(), ['other'], ['other', 'another']])(
    'A token for others is refused: %j',
    (aud) => {
      expect(() => check({ aud })).toThrow(refused('audience_mismatch'));
    },
  );

  test('A list of audiences that are all ours is accepted', () => {
    expect(check({ aud: [AUDIENCE] })).toMatchObject({ audience: [AUDIENCE] });
    expect(check({ aud: ['b', 'a'] }, { audience: ['a', 'b'] })).toMatchObject({ audience: ['b', 'a'] });
  });

  test('A token that others could have handed on must have been issued to us', () => {
    const aud = [AUDIENCE, 'other'];

    expect(check({ aud, azp: AUDIENCE })).toMatchObject({ audience: aud });
    expect(() => check({ aud })).toThrow(refused('audience_mismatch'));
    expect(() => check({ aud, azp: 'other' })).toThrow(/"azp"/);
    expect(() => check({ aud, azp: [AUDIENCE] })).toThrow(refused('audience_mismatch'));
  });

  test('A token for us alone may have been asked for by our app on a phone', () => {
    expect(check({ azp: 'android-client' })).toMatchObject({ audience: [AUDIENCE] });
  });

  test.each([undefined, '', 1, null, [], [1], [AUDIENCE, 1], {}])('It must be a text or a list of texts: %j', (aud) => {
    expect(() => check({ aud })).toThrow(refused('claim_invalid'));
    expect(() => check({ aud }, { audience: undefined })).toThrow(refused('claim_invalid'));
  });

  test('Where the audience does not matter, every one will do', () => {
    expect(check({ aud: ['x', 'y'] }, { audience: undefined })).toMatchObject({ audience: ['x', 'y'] });
  });
});

test.each([undefined, '', 7, ['1234']])('The subject must be a filled text: %j', (sub) => {
  expect(() => check({ sub })).toThrow(refused('claim_invalid'));
});

test('Accounts of other domains, and of none, are refused where domains are named', () => {
  const hostedDomain = ['example.com', 'example.org'];

  expect(check({ hd: 'example.org' }, { hostedDomain })).toBeDefined();
  for (const hd of ['example.net', 'sub.example.com', ['example.com'], undefined]) {
    expect(() => check({ hd }, { hostedDomain })).toThrow(refused('claim_invalid'));
  }
});

test('Nothing of the token is told', () => {
  for (const claims of [{ iss: 'secret-1' }, { aud: 'secret-2' }, { aud: [AUDIENCE, 'x'], azp: 'secret-3' }]) {
    expect(() => check(claims)).toThrow();
    expect(() => check(claims)).not.toThrow(/secret/);
  }
});
