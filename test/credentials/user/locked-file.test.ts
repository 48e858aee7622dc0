import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from 'credence';
import { LockedFile, lockLost } from '../../../src/credentials/user/locked-file.js';
import { lockLeft } from '../../fixtures/lock-left.js';
import { sleptClock } from '../../fixtures/slept-clock.js';
import { temporaryFolder } from '../../fixtures/temporary-folder.js';

const folder = temporaryFolder();

describe('the lock of a credential file', () => {
  it('is held while the work goes on, and told so to it and to others of this process', async () => {
    const file = new LockedFile(folder.file, systemClock);

    const during = await file.exclusively(async (lock) => [await lock.isHeld(), await file.isHeld()]);

    expect([during, await file.isHeld()]).toEqual([[true, true], false]);
  });

  it('that was taken away is no longer held', async () => {
    const file = new LockedFile(folder.file, systemClock);

    const during = await file.exclusively(async () => {
      rmSync(`${folder.file}.lock`, { recursive: true });
      return await file.isHeld();
    });

    expect(during).toBe(false);
  });

  it('F29 that another process keeps for twenty seconds is a failure that passes', async () => {
    await lockLeft(folder.file, { pid: process.ppid, birth: 0 });
    const clock = sleptClock();

    const waiting = new LockedFile(folder.file, clock).exclusively(async () => 'taken');

    await expect(waiting).rejects.toMatchObject({ code: 'source_failed', retryable: true });
    await expect(waiting).rejects.toThrow(`Another process has held the lock of ${folder.file} for too long.`);
    expect(clock.slept()).toBe(20_000);
  });

  it('F54 that another process holds is not waited for where nobody waits', async () => {
    await lockLeft(folder.file);
    const clock = sleptClock();

    const waiting = new LockedFile(folder.file, clock).exclusively(async () => 'taken', { awaited: () => false });

    await expect(waiting).rejects.toMatchObject({ code: 'source_failed', retryable: true });
    await expect(waiting).rejects.toThrow('nobody waits for this refresh');
    expect(clock.slept()).toBe(0);
  });

  it('is left with the reason of the signal', async () => {
    await lockLeft(folder.file);
    const controller = new AbortController();
    const reason = new Error('newer tokens');
    const file = new LockedFile(folder.file, systemClock);

    const waiting = file.exclusively(async () => 'taken', { signal: controller.signal });
    controller.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });

  it('is done without where the folder takes none and the work allows it', async () => {
    const file = new LockedFile(join(folder.path, 'absent', 'key.json'), systemClock);
    const work = vi.fn(async () => 'locked');

    await expect(file.exclusively(work, {}, async () => 'unlocked')).resolves.toBe('unlocked');
    await expect(file.exclusively(work)).rejects.toMatchObject({ code: 'file_not_found' });

    expect(work).not.toHaveBeenCalled();
  });
});

describe('a lock that was lost', () => {
  it('is a failure that passes', () => {
    expect(lockLost('/a/key.json')).toMatchObject({ code: 'source_failed', retryable: true });
  });
});
