import { describe, expect, test } from 'vitest';
import {
  decide,
  isPerAudience,
  signsAlways,
  type DecisionInput,
} from '../../../src/credentials/service-account/self-signed-decision.js';

const SCOPES = ['scope'];
const DEFAULTS = ['default'];
const AUDIENCE = 'https://pubsub.googleapis.com/';

type Row = readonly [string, DecisionInput, string | undefined, object];

const TABLE: readonly Row[] = [
  ['always, scopes', { alwaysUseJwtAccess: true, scopes: SCOPES }, AUDIENCE, { way: 'jwt', scopes: SCOPES }],
  [
    'always, audience',
    { alwaysUseJwtAccess: true, defaultScopes: DEFAULTS },
    AUDIENCE,
    { way: 'jwt', audience: AUDIENCE },
  ],
  [
    'always, default scopes',
    { alwaysUseJwtAccess: true, defaultScopes: DEFAULTS },
    undefined,
    { way: 'jwt', scopes: DEFAULTS },
  ],
  ['always, nothing', { alwaysUseJwtAccess: true }, undefined, { way: 'assertion' }],
  ['scopes', { scopes: SCOPES }, AUDIENCE, { way: 'assertion' }],
  ['audience', { defaultScopes: DEFAULTS }, AUDIENCE, { way: 'jwt', audience: AUDIENCE }],
  ['default scopes', { defaultScopes: DEFAULTS }, undefined, { way: 'assertion' }],
  ['another universe', { universeDomain: 'example.cloud', scopes: SCOPES }, undefined, { way: 'jwt', scopes: SCOPES }],
  ['a user to act for', { alwaysUseJwtAccess: true, subject: 'a@b.c', scopes: SCOPES }, AUDIENCE, { way: 'assertion' }],
];

describe("google-auth's table", () => {
  test.each(TABLE)('%s', (_name, input, audience, decision) => {
    expect(decide(input, audience)).toEqual(decision);
  });
});

test('Tokens are always self-signed by choice, and in other universes without one', () => {
  expect([{}, { alwaysUseJwtAccess: false }, { universeDomain: 'googleapis.com' }].map(signsAlways)).not.toContain(
    true,
  );
  expect([{ alwaysUseJwtAccess: true }, { universeDomain: 'example.cloud' }].map(signsAlways)).not.toContain(false);
  expect(signsAlways({ alwaysUseJwtAccess: false, universeDomain: 'example.cloud' })).toBe(true);
});

test('Each API host gets a token of its own unless scopes or a user tie it', () => {
  expect(isPerAudience({})).toBe(true);
  expect(isPerAudience({ defaultScopes: DEFAULTS })).toBe(true);
  expect(isPerAudience({ scopes: SCOPES })).toBe(false);
  expect(isPerAudience({ subject: 'a@b.c' })).toBe(false);
});
