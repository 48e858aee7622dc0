import { describe, expect, test } from 'vitest';
import { LockWatch } from '../../src/host/lock-watch.js';
import { entryName, newHolder, type LockHolder } from '../../src/host/process-identity.js';
import { ELSEWHERE, NO_PROCESS } from '../fixtures/lock-left.js';
import { needsLinux } from '../fixtures/needs.js';
import { sleptClock } from '../fixtures/slept-clock.js';

const MINUTE = 60_000;

/** Looks at an unchanging entry, and again after a while. */
async function judged(holder: Partial<LockHolder>, ageMs: number, silenceMs: number): Promise<readonly boolean[]> {
  const clock = sleptClock();
  const watch = new LockWatch(clock);
  const name = entryName({ ...(await newHolder()), ...holder });
  const entry = { name, heartbeatAt: clock.now() - ageMs };
  const first = await watch.isGone(entry);
  await clock.sleep(silenceMs);
  return [first, await watch.isGone(entry)];
}

describe('LockWatch', () => {
  test('F63 A process that has ended is gone at the first look', async () => {
    expect(await judged({ pid: NO_PROCESS }, 0, 0)).toEqual([true, true]);
  });

  test('F63 A process that lives is not gone after hours of silence', async (context) => {
    needsLinux(context);

    expect(await judged({}, 600 * MINUTE, 600 * MINUTE)).toEqual([false, false]);
  });

  test('F63 A process is gone where another one has its id now', async (context) => {
    needsLinux(context);

    const { birth } = await newHolder();

    expect(await judged({ birth: birth - 1 }, 0, 0)).toEqual([true, true]);
  });

  test.each([
    ['is not gone after nine minutes', 5 * MINUTE, 4 * MINUTE, [false, false]],
    ['is gone after ten minutes', 5 * MINUTE, 6 * MINUTE, [false, true]],
    ['is not gone for an old heartbeat alone', 20 * MINUTE, 2_000, [false, false]],
    ['is gone when an old heartbeat stands still', 20 * MINUTE, 4_000, [false, true]],
    ['is gone when a heartbeat of the future stands still', -20 * MINUTE, 4_000, [false, true]],
  ])(
    'F63 A process that the system does not tell from a later one of its id %s',
    async (_what, ageMs, silenceMs, gone) => {
      expect(await judged({ birth: 0 }, ageMs, silenceMs)).toEqual(gone);
    },
  );

  test.each([
    ['is not gone within ten seconds', 0, 9_000, [false, false]],
    ['is gone after ten seconds', 0, 11_000, [false, true]],
    ['is gone after three where its heartbeat is old', 2 * MINUTE, 4_000, [false, true]],
  ])('F63 A holder on another machine that is silent %s', async (_what, ageMs, silenceMs, gone) => {
    expect(await judged({ host: ELSEWHERE }, ageMs, silenceMs)).toEqual(gone);
  });

  test('An entry that names no holder is judged by its silence', async () => {
    const clock = sleptClock();
    const watch = new LockWatch(clock);
    const entry = { name: 'whatever', heartbeatAt: clock.now() };
    const first = await watch.isGone(entry);
    await clock.sleep(11_000);

    expect([first, await watch.isGone(entry)]).toEqual([false, true]);
  });

  test('F63 A heartbeat ends the silence', async () => {
    const clock = sleptClock();
    const watch = new LockWatch(clock);
    const name = entryName({ ...(await newHolder()), host: ELSEWHERE });
    await watch.isGone({ name, heartbeatAt: clock.now() });
    await clock.sleep(11_000);

    expect(await watch.isGone({ name, heartbeatAt: clock.now() })).toBe(false);
  });
});
