import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { codeOf, tell, tellMint, traceRefresh, type RefreshEvent } from '../../src/tokens/events.js';
import { lasting, ScriptedCredentials } from '../fixtures/scripted-credentials.js';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function listen(channel: string): unknown[] {
  const heard: unknown[] = [];
  const note = (message: unknown): void => {
    heard.push(message);
  };
  subscribe(channel, note);
  cleanups.push(() => {
    unsubscribe(channel, note);
  });
  return heard;
}

describe('credence:refresh', () => {
  const event = (): RefreshEvent => ({ kind: 'Kind', principal: 'me', reason: 'none', remainingMs: undefined });

  it('is told the end of a flight, how it went and how long it took', async () => {
    const clock = manualClock();
    const heard = listen('tracing:credence:refresh:asyncEnd');

    await traceRefresh(event, clock, async () => {
      await clock.advance(50);
    });

    expect(heard).toEqual([
      expect.objectContaining({ kind: 'Kind', principal: 'me', outcome: 'minted', durationMs: 50 }),
    ]);
  });

  it('F78 is not handed what was minted', async () => {
    const heard = ['end', 'asyncStart', 'asyncEnd'].map((event) => listen(`tracing:credence:refresh:${event}`));

    const minted = await traceRefresh(event, manualClock(), () => Promise.resolve({ value: 'SECRET' }));

    expect(minted).toEqual({ value: 'SECRET' });
    expect(heard.flat()).toHaveLength(3);
    for (const told of heard.flat()) expect((told as { result?: unknown }).result).toBeUndefined();
  });

  it('is told a failure by its code', async () => {
    const heard = listen('tracing:credence:refresh:asyncEnd');
    const failure = Object.assign(new Error('x'), { code: 'invalid_grant' });

    await expect(traceRefresh(event, manualClock(), () => Promise.reject(failure))).rejects.toBe(failure);

    expect(heard).toEqual([expect.objectContaining({ outcome: 'failed', code: 'invalid_grant' })]);
  });

  it('is told why credentials refresh, and what life their token had left', async () => {
    const clock = manualClock();
    const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, 3_600_000) });
    const heard = listen('tracing:credence:refresh:start') as RefreshEvent[];

    await credentials.beforeRequest(undefined, 'GET', 'https://a.example', {});
    await credentials.refresh();
    await clock.advance(3_600_000 - 60_000);
    credentials.tryApply({});
    await clock.advance(60_000_000);
    await credentials.beforeRequest(undefined, 'GET', 'https://a.example', {});

    expect(heard.map(({ reason, remainingMs }) => [reason, remainingMs])).toEqual([
      ['none', undefined],
      ['forced', 3_600_000],
      ['stale', 60_000],
      ['expired', expect.any(Number)],
    ]);
  });
});

describe('credence:mint and credence:notice', () => {
  it('F19 are told of each token with its life, and of what an operator should know', () => {
    const mints = listen('credence:mint');
    const notices = listen('credence:notice');

    tellMint(() => ({ kind: 'Kind', principal: undefined, lifetimeMs: 2_000, expiryAssumed: false }));
    tell('saved', 'It is saved.');
    tell('save_failed', 'It is not.', Object.assign(new Error('SECRET'), { code: 'ENOSPC' }));

    expect(mints).toEqual([{ kind: 'Kind', principal: undefined, lifetimeMs: 2_000, expiryAssumed: false }]);
    expect(notices).toEqual([
      { name: 'saved', message: 'It is saved.', code: undefined },
      { name: 'save_failed', message: 'It is not.', code: 'ENOSPC' },
    ]);
  });
});

it('an error is told by its code or its name, never by its message', () => {
  expect(codeOf(Object.assign(new Error('SECRET'), { code: 'E1' }))).toBe('E1');
  expect(codeOf(new TypeError('SECRET'))).toBe('TypeError');
  expect(codeOf('SECRET')).toBeUndefined();
  for (const code of ['ya29.SECRET', 'the code is SECRET', { SECRET: 1 }, 7])
    expect(codeOf(Object.assign(new TypeError('x'), { code }))).toBe('TypeError');
  expect(codeOf(Object.assign(new Error('x'), { name: 'SECRET is its name' }))).toBeUndefined();
});
