import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { giveBack, readLock, takeFree, takeOver, takerOf, touch } from '../../src/host/lock-directory.js';
import { entryName, newHolder } from '../../src/host/process-identity.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';

const NOW = 1_700_000_000_000;
const folder = temporaryFolder('a.lock');

describe('the lock on disk', () => {
  test('Who takes a free lock is its holder, with the heartbeat of the clock given', async () => {
    expect(await readLock(folder.file)).toBeUndefined();

    expect(await takeFree(folder.file, 'first', NOW)).toBe(true);

    expect(await readLock(folder.file)).toEqual({ name: 'first', heartbeatAt: NOW });
  });

  test('F63 A lock that is held is not taken as a free one, and nothing is left of the attempt', async () => {
    await takeFree(folder.file, 'first', NOW);

    expect(await takeFree(folder.file, 'second', NOW)).toBe(false);

    expect([readdirSync(folder.path), readdirSync(folder.file)]).toEqual([['a.lock'], ['first']]);
  });

  test('F63 Of twenty takers at once one wins', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `taker-${index}`);

    const won = await Promise.all(names.map((name) => takeFree(folder.file, name, NOW)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(readdirSync(folder.file)).toEqual([names[won.indexOf(true)]]);
  });

  test('F63 Of twenty who take over from a dead holder one wins', async () => {
    await takeFree(folder.file, 'dead', NOW);
    const names = Array.from({ length: 20 }, (_, index) => `taker-${index}`);

    const won = await Promise.all(names.map((name) => takeOver(folder.file, 'dead', name, NOW + 1_000)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await readLock(folder.file)).toEqual({ name: names[won.indexOf(true)], heartbeatAt: NOW + 1_000 });
  });

  test('F63 A taker who judged an earlier holder does no harm to a later one', async () => {
    await takeFree(folder.file, 'dead', NOW);
    await takeOver(folder.file, 'dead', 'second', NOW);

    expect(await takeOver(folder.file, 'dead', 'third', NOW)).toBe(false);

    expect(readdirSync(folder.file)).toEqual(['second']);
  });

  test('F63 Giving back what was taken over by another does no harm to that one', async () => {
    await takeFree(folder.file, 'slow', NOW);
    await takeOver(folder.file, 'slow', 'second', NOW);

    await giveBack(folder.file, 'slow');

    expect(readdirSync(folder.file)).toEqual(['second']);
    expect([await touch(folder.file, 'slow', NOW), await touch(folder.file, 'second', NOW)]).toEqual([false, true]);
  });

  test('A lock that was given back leaves nothing', async () => {
    await takeFree(folder.file, 'first', NOW);

    await giveBack(folder.file, 'first');

    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('What a taker prepares beside the lock names it, and nothing else does', async () => {
    const taker = await newHolder();
    const entry = entryName(taker);

    expect(takerOf(`a.lock.${entry}`, folder.file)).toEqual(taker);
    for (const name of [`b.lock.${entry}`, `a.lock.${entry}x`, `.a.lock.${entry}`, 'a.lock', 'a.lock.old', entry])
      expect(takerOf(name, folder.file)).toBeUndefined();
  });
});
