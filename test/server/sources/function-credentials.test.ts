import { expect, test, vi } from 'vitest';
import { AccessToken, RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import { FunctionCredentials } from '../../../src/server/sources/function-credentials.js';
import type { SourcedToken, TokenFunction } from '../../../src/server/sources/token-source.js';
import { credentialsContract, refreshingContract, type KindUnderTest } from '../../contract/credentials.js';
import { headersOf, tokens } from '../../fixtures/scripted-credentials.js';

function of(source: TokenFunction): FunctionCredentials {
  return new FunctionCredentials({ source, clock: manualClock() });
}

test.each<[string, () => SourcedToken]>([
  ['an AccessToken', () => new AccessToken('t', { expiresAt: Date.UTC(2026, 0, 1) })],
  ['a TokenSet', () => tokens('t', Date.UTC(2026, 0, 1))],
  ['{ token, expiry }', () => ({ token: 't', expiry: new Date(Date.UTC(2026, 0, 1)) })],
])('%s is taken.', async (_, source) => {
  const credentials = of(source);

  expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer t' });
  expect(credentials.expiry).toEqual(new Date(Date.UTC(2026, 0, 1)));
});

test.each([
  undefined,
  'token',
  {},
  { token: 't' },
  { token: '', expiry: new Date() },
  { token: 'a\nb', expiry: new Date() },
  { token: 't', expiry: 5 },
  { token: 't', expiry: new Date(NaN) },
])('F12 F17 %j is refused: nothing without an end becomes a token that never ends.', async (given) => {
  const refreshing = of(() => given as SourcedToken).refresh();

  await expect(refreshing).rejects.toMatchObject({ code: 'handler_result_invalid', retryable: false });
});

test('F18 A token whose end is past is refused.', async () => {
  const refreshing = of(() => ({ token: 't', expiry: new Date(5) })).refresh();

  await expect(refreshing).rejects.toMatchObject({ code: 'token_already_expired', retryable: true });
});

test('What it throws is the cause, or the error itself where it is one of ours.', async () => {
  const own = new RefreshError('invalid_grant', 'sign in');
  const broken = new Error('broker down');

  await expect(of(() => Promise.reject(own)).refresh()).rejects.toBe(own);
  await expect(of(() => Promise.reject(broken)).refresh()).rejects.toMatchObject({
    code: 'source_failed',
    retryable: true,
  });
});

test('It is given a transport and a signal.', async () => {
  const source = vi.fn<TokenFunction>(() => tokens('t'));

  await of(source).refresh();

  const [request, { signal }] = source.mock.calls[0]!;
  expect(request).toBeTypeOf('function');
  expect(signal).toBeInstanceOf(AbortSignal);
});

test('A copy shares the token.', async () => {
  const credentials = of(() => tokens('t'));
  await credentials.refresh();

  const copy = credentials.withQuotaProject('p');

  expect(copy.token).toBe('t');
  expect(copy.quotaProjectId).toBe('p');
});

function aFunction(): KindUnderTest & { mints: () => number } {
  let mints = 0;
  return {
    make: (clock) =>
      new FunctionCredentials({
        clock,
        source: () => {
          mints += 1;
          return tokens(`secret-token-${String(mints)}`, clock.now() + 3_600_000);
        },
      }),
    secrets: ['secret-token-'],
    mints: () => mints,
    header: 'authorization',
    quota: true,
  };
}

credentialsContract('FunctionCredentials', aFunction);
refreshingContract('FunctionCredentials', aFunction);
