import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { entryName, holderOf, isDead, newHolder } from '../../src/host/process-identity.js';

describe('newHolder', () => {
  test('It names this process, and differs at every taking', async () => {
    const first = await newHolder(1_234.5);
    const second = await newHolder(1_234.5);

    expect(first).toMatchObject({ pid: process.pid, startedAt: 1_234, host: second.host });
    expect(first.id).not.toBe(second.id);
  });
});

describe('entryName', () => {
  test('It reads back as the holder, and stands in a file name', async () => {
    const holder = await newHolder(Date.now());

    const name = entryName(holder);

    expect(holderOf(name)).toEqual(holder);
    expect(name).toMatch(/^[0-9a-f-]{1,100}$/);
  });

  test.each(['', 'tokens.json', '.nfs0001', '0123456789abcdef-1-1-', '../../etc/passwd'])(
    'Other names name no holder: "%s"',
    (name) => {
      expect(holderOf(name)).toBeUndefined();
    },
  );
});

describe('isDead', () => {
  test('F63 A living process is not dead and one that has ended is', async () => {
    const self = await newHolder(0);
    const ended = { ...self, pid: spawnSync(process.execPath, ['--version']).pid };

    expect([isDead(self, self.host), isDead(ended, self.host)]).toEqual([false, true]);
  });

  test('F63 Of a process on another machine, or in another name space, nothing is known', async () => {
    const self = await newHolder(0);
    const ended = { ...self, pid: spawnSync(process.execPath, ['--version']).pid };

    expect(isDead({ ...ended, host: 'f'.repeat(16) }, self.host)).toBe(false);
  });
});
