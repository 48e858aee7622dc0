import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { giveBack, readLock, sweepPrepared, takeFree, takeOver, touch } from '../../src/host/lock-directory.js';

const NOW = 1_700_000_000_000;
let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-lock-directory-'));
  lock = join(folder, 'a.lock');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the lock on disk', () => {
  test('Who takes a free lock is its holder, with the heartbeat of the clock given', async () => {
    expect(await readLock(lock)).toBeUndefined();

    expect(await takeFree(lock, 'first', NOW)).toBe(true);

    expect(await readLock(lock)).toEqual({ name: 'first', heartbeatAt: NOW });
  });

  test('F63 A lock that is held is not taken as a free one, and nothing is left of the attempt', async () => {
    await takeFree(lock, 'first', NOW);

    expect(await takeFree(lock, 'second', NOW)).toBe(false);

    expect([readdirSync(folder), readdirSync(lock)]).toEqual([['a.lock'], ['first']]);
  });

  test('F63 Of twenty takers at once one wins', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `taker-${index}`);

    const won = await Promise.all(names.map((name) => takeFree(lock, name, NOW)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(readdirSync(lock)).toEqual([names[won.indexOf(true)]]);
  });

  test('F63 Of twenty who take over from a dead holder one wins', async () => {
    await takeFree(lock, 'dead', NOW);
    const names = Array.from({ length: 20 }, (_, index) => `taker-${index}`);

    const won = await Promise.all(names.map((name) => takeOver(lock, 'dead', name, NOW + 1_000)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await readLock(lock)).toEqual({ name: names[won.indexOf(true)], heartbeatAt: NOW + 1_000 });
  });

  test('F63 A taker who judged an earlier holder does no harm to a later one', async () => {
    await takeFree(lock, 'dead', NOW);
    await takeOver(lock, 'dead', 'second', NOW);

    expect(await takeOver(lock, 'dead', 'third', NOW)).toBe(false);

    expect(readdirSync(lock)).toEqual(['second']);
  });

  test('F63 Giving back what was taken over by another does no harm to that one', async () => {
    await takeFree(lock, 'slow', NOW);
    await takeOver(lock, 'slow', 'second', NOW);

    await giveBack(lock, 'slow');

    expect(readdirSync(lock)).toEqual(['second']);
    expect([await touch(lock, 'slow', NOW), await touch(lock, 'second', NOW)]).toEqual([false, true]);
  });

  test('A lock that was given back leaves nothing', async () => {
    await takeFree(lock, 'first', NOW);

    await giveBack(lock, 'first');

    expect(readdirSync(folder)).toEqual([]);
  });

  test('Only what is judged as left behind is swept', async () => {
    for (const name of ['a.lock.dead', 'a.lock.alive', 'b.lock.dead']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'a.lock.dead', 'dead'), '');

    await sweepPrepared(lock, (name) => name === 'dead');

    expect(readdirSync(folder)).toEqual(['a.lock.alive', 'b.lock.dead']);
  });
});
