import { describe, expect, test } from 'vitest';
import {
  isPerAudience,
  signsAlways,
  tokenWay,
  type DecisionInput,
  type TokenWay,
} from '../../../src/credentials/service-account/self-signed-decision.js';

const scopes = ['scope'];
const defaultScopes = ['default'];
const defaultAudience = 'https://pubsub.googleapis.com/';
const universeDomain = 'example.cloud';
const subject = 'a@b.c';
const alwaysUseJwtAccess = true;

type Row = readonly [string, DecisionInput, TokenWay | undefined];

const TABLE: readonly Row[] = [
  ['always, scopes', { alwaysUseJwtAccess, scopes, defaultAudience }, 'jwt'],
  ['always, audience', { alwaysUseJwtAccess, defaultScopes, defaultAudience }, 'jwt'],
  ['always, default scopes', { alwaysUseJwtAccess, defaultScopes }, 'jwt'],
  ['always, nothing', { alwaysUseJwtAccess }, undefined],
  ['scopes', { scopes, defaultAudience }, 'assertion'],
  ['audience', { defaultScopes, defaultAudience }, 'jwt'],
  ['default scopes', { defaultScopes }, 'assertion'],
  ['nothing', {}, undefined],
  ['another universe', { universeDomain, scopes }, 'jwt'],
  ['a user to act for', { alwaysUseJwtAccess, subject, scopes, defaultAudience }, 'assertion'],
  ['a user to act for, default scopes', { subject, defaultScopes, defaultAudience }, 'assertion'],
  ['a user to act for, audience', { subject, defaultAudience }, undefined],
];

describe("google-auth's table", () => {
  test.each(TABLE)('%s', (_name, input, way) => {
    expect(tokenWay(input)).toBe(way);
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
  expect(isPerAudience({ defaultScopes })).toBe(true);
  expect(isPerAudience({ scopes })).toBe(false);
  expect(isPerAudience({ subject })).toBe(false);
});
