import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemClock } from 'credence';
import { manualClock } from 'credence/testing';
import { PoolAccounts } from '../../../src/server/pool/pool-accounts.js';
import { poolRequest, type PoolCallOptions } from '../../../src/server/pool/pool-request.js';
import { EMAIL } from '../../fixtures/service-account.js';
import { anAccount, OTHER_EMAIL } from '../../fixtures/token-pool.js';

const clock = manualClock();
const USER = 'user@example.com';
const ACCOUNTS = new PoolAccounts([anAccount(clock), anAccount(clock, OTHER_EMAIL)], systemClock);

function keyOf(scopes: string | readonly string[], options: PoolCallOptions = {}): string {
  return poolRequest(ACCOUNTS, scopes, options).key;
}

test('F68 Two questions have the same key exactly where account, subject and set of scopes are the same.', () => {
  const text = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', ',', '[', ']', "'", ':') });
  const question = fc.record({
    account: fc.constantFrom(undefined, EMAIL, OTHER_EMAIL),
    subject: fc.option(text, { nil: undefined }),
    scopes: fc.array(text, { minLength: 1, maxLength: 4 }),
  });
  const meaning = ({
    account = EMAIL,
    subject,
    scopes,
  }: {
    account?: string | undefined;
    subject?: string | undefined;
    scopes: string[];
  }) => JSON.stringify([account, subject ?? null, [...new Set(scopes)].sort()]);

  fc.assert(
    fc.property(question, question, ({ scopes, ...one }, { scopes: others, ...other }) => {
      const same = keyOf(scopes, one) === keyOf(others, other);
      expect(same).toBe(meaning({ ...one, scopes }) === meaning({ ...other, scopes: others }));
    }),
    { numRuns: 1_000 },
  );
});

test('F78 A key tells neither whose token it is nor what it is for.', () => {
  const key = keyOf('https://www.googleapis.com/auth/pubsub', { subject: USER });

  expect(key).toMatch(/^[\w-]{43}$/);
});

test('The credentials ask for these scopes, for this user, as this account.', () => {
  const made = poolRequest(ACCOUNTS, 'b a', { account: OTHER_EMAIL, subject: USER }).credentials();

  expect(made).toMatchObject({ serviceAccountEmail: OTHER_EMAIL, subject: USER, scopes: ['b', 'a'] });
});

test('An account that acts for a user from the start does so where nobody says otherwise.', () => {
  const accounts = new PoolAccounts(anAccount(clock).withSubject(USER), systemClock);

  const [left, given] = [poolRequest(accounts, 'a', {}), poolRequest(accounts, 'a', { subject: USER })];

  expect(left.credentials().subject).toBe(USER);
  expect(given.key).toBe(left.key);
  expect(poolRequest(accounts, 'a', { subject: 'other@example.com' }).credentials().subject).toBe('other@example.com');
});
