import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock, type Clock } from '../../src/base/clock.js';
import { LockBusyError, withFileLock } from '../../src/host/file-lock.js';
import { LockWatch } from '../../src/host/lock-watch.js';
import { entryName, newHolder } from '../../src/host/process-identity.js';
import { ELSEWHERE, lockLeft, NO_PROCESS } from '../fixtures/lock-left.js';
import { sleptClock } from '../fixtures/slept-clock.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { firstOutputOf, outputOf, processes } from './holder.js';

const children = processes();
const folder = temporaryFolder('tokens.json');
const patient = { clock: systemClock, waitMs: 15_000 };
const hasty = { clock: systemClock, waitMs: 60 };

/** How many milliseconds a wait takes, on a clock that only sleeping moves. */
async function waitFor(clock: ReturnType<typeof sleptClock>): Promise<number> {
  await withFileLock(folder.file, async () => undefined, { clock, waitMs: 60_000 });
  return clock.slept();
}

function increment(): Promise<void> {
  return withFileLock(
    folder.file,
    async () => {
      const count = Number(readFileSync(folder.file, 'utf8'));
      await systemClock.sleep(1);
      writeFileSync(folder.file, String(count + 1));
    },
    patient,
  );
}

describe('withFileLock', () => {
  test('F63 Four processes that increment a number under the lock lose nothing', async () => {
    writeFileSync(folder.file, '0');
    const lines = `
      const file = ${JSON.stringify(folder.file)};
      const increment = async () => {
        const count = Number(await library.readSmallFile(file));
        await library.replaceFile(file, String(count + 1));
      };
      for (let i = 0; i < 25; i++) await library.withFileLock(file, increment, { clock: library.systemClock, waitMs: 15_000 });
    `;

    await Promise.all(Array.from({ length: 4 }, () => outputOf(children.start(lines))));

    expect(readFileSync(folder.file, 'utf8')).toBe('100');
    expect(readdirSync(folder.path)).toEqual(['tokens.json']);
  });

  test('Tasks of one process exclude one another too', async () => {
    writeFileSync(folder.file, '0');

    await Promise.all(Array.from({ length: 12 }, increment));

    expect(readFileSync(folder.file, 'utf8')).toBe('12');
  });

  test('The result and the error of the work are handed on, and the lock is given back after either', async () => {
    const fault = new Error('the work failed');

    await expect(withFileLock(folder.file, async () => 'result', hasty)).resolves.toBe('result');
    await expect(withFileLock(folder.file, () => Promise.reject(fault), hasty)).rejects.toBe(fault);

    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('F82 A clock that cannot schedule costs an error, and leaves no lock behind', async () => {
    const broken: Clock = {
      ...systemClock,
      schedule: () => {
        throw new Error('no timers left');
      },
    };

    await expect(withFileLock(folder.file, async () => undefined, { clock: broken, waitMs: 60 })).rejects.toThrow(
      'no timers left',
    );

    expect(await withFileLock(folder.file, async () => 'mine', hasty)).toBe('mine');
  });

  test('F63 A holder that was killed is taken over from at once by another process of the same machine', async () => {
    const holder = await children.startHolder(folder.file);
    await expect(withFileLock(folder.file, async () => 'taken', hasty)).rejects.toThrow(
      `is held by process ${holder.pid}`,
    );

    holder.kill('SIGKILL');
    await once(holder, 'close');

    await expect(withFileLock(folder.file, async () => 'taken', hasty)).resolves.toBe('taken');
  });

  test('F63 A process of the same machine that lives keeps its lock, however long it is silent', async () => {
    const holder = await children.startHolder(folder.file);
    holder.kill('SIGSTOP');

    const waiting = withFileLock(folder.file, async () => 'taken', { clock: sleptClock(), waitMs: 60_000 });

    await expect(waiting).rejects.toThrow(`is held by process ${holder.pid}`);
    holder.kill('SIGCONT');
    holder.stdin?.end('done\n');
    await outputOf(holder);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('F63 Of many takers of a dead lock one at a time wins, and what the dead had prepared is removed', async () => {
    writeFileSync(folder.file, '0');
    const dead = entryName({ ...(await newHolder()), pid: NO_PROCESS });
    for (const name of ['.lock', `.lock.${dead}`]) {
      mkdirSync(`${folder.file}${name}`);
      writeFileSync(join(`${folder.file}${name}`, dead), '');
    }

    await Promise.all(Array.from({ length: 12 }, increment));

    expect(readFileSync(folder.file, 'utf8')).toBe('12');
    expect(readdirSync(folder.path)).toEqual(['tokens.json']);
  });

  test('F63 A holder of another machine is taken over from after ten seconds of silence', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE });

    const waitedMs = await waitFor(sleptClock());

    expect(waitedMs).toBeGreaterThan(10_000);
    expect(waitedMs).toBeLessThan(10_500);
  });

  test('F63 A holder that the clocks too say was silent for long is taken over from after three seconds', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE, ageMs: 3_600_000 });

    const waitedMs = await waitFor(sleptClock());

    expect(waitedMs).toBeGreaterThan(3_000);
    expect(waitedMs).toBeLessThan(3_500);
  });

  test('F63 A holder that keeps its heartbeat keeps its lock, however wrong its clock is', async () => {
    const entry = await lockLeft(folder.file, { host: ELSEWHERE, ageMs: 3_600_000 });
    const clock = sleptClock();
    const beating: Clock = {
      ...clock,
      sleep: async (ms) => {
        await clock.sleep(ms);
        utimesSync(entry, Math.floor(clock.monotonic() / 1_000), 1 + Math.floor(clock.monotonic() / 1_000));
      },
    };

    const waiting = withFileLock(folder.file, async () => 'taken', { clock: beating, waitMs: 60_000 });

    await expect(waiting).rejects.toBeInstanceOf(LockBusyError);
  });

  test('The holder sends its heartbeat while it works', async () => {
    let beat = (): void => undefined;
    let now = Date.now();
    const clock: Clock = { ...sleptClock(), now: () => now, schedule: (_ms, run) => ((beat = run), () => undefined) };
    const heartbeatOf = async (): Promise<LockBusyError | undefined> =>
      withFileLock(folder.file, async () => undefined, { ...hasty, waitMs: 0 }).catch(
        (error: unknown) => error as LockBusyError,
      );

    const seen = await withFileLock(
      folder.file,
      async () => {
        const path = join(`${folder.file}.lock`, readdirSync(`${folder.file}.lock`)[0] ?? '');
        const before = statSync(path).mtimeMs;
        now += 5_000;
        beat();
        while (statSync(path).mtimeMs === before) await systemClock.sleep(2);
        return { gainedMs: statSync(path).mtimeMs - before, busy: await heartbeatOf() };
      },
      { clock, waitMs: 0 },
    );

    expect(Math.round(seen.gainedMs)).toBe(5_000);
    expect(seen.busy?.holder?.pid).toBe(process.pid);
  });

  test('F63 A holder that lost its lock is told so, and does not give back the lock of its successor', async () => {
    let seen: readonly boolean[] = [];

    await withFileLock(
      folder.file,
      async (lock) => {
        const before = await lock.isHeld();
        rmSync(`${folder.file}.lock`, { recursive: true });
        await lockLeft(folder.file, { host: ELSEWHERE });
        seen = [before, await lock.isHeld()];
      },
      hasty,
    );

    expect(seen).toEqual([true, false]);
    expect(readdirSync(`${folder.file}.lock`)).toHaveLength(1);
  });

  test('A wait that ends without the lock says who held it, and leaves nothing behind', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE });

    const error: unknown = await withFileLock(folder.file, async () => undefined, hasty).catch(
      (reason: unknown) => reason,
    );

    expect(error).toBeInstanceOf(LockBusyError);
    expect(error).toMatchObject({ lock: `${folder.file}.lock`, holder: { pid: process.pid, host: ELSEWHERE } });
    expect(readdirSync(folder.path)).toEqual(['tokens.json.lock']);
  });

  test('A lock that is held is not waited for where nobody waits for the work', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE });
    const clock = sleptClock();

    const waiting = withFileLock(folder.file, async () => 'taken', { clock, waitMs: 60_000, awaited: () => false });

    await expect(waiting).rejects.toBeInstanceOf(LockBusyError);
    expect(clock.slept()).toBe(0);
  });

  test('A wait ends when nobody waits for the work any more', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE });
    const clock = sleptClock();
    const awaited = (): boolean => clock.slept() < 1_000;

    const waiting = withFileLock(folder.file, async () => 'taken', { clock, waitMs: 60_000, awaited });

    await expect(waiting).rejects.toBeInstanceOf(LockBusyError);
    expect(clock.slept()).toBeLessThan(1_200);
  });

  test('F54 A process is held by a wait that somebody waits for, and by no other', async () => {
    const holder = await children.startHolder(folder.file);
    const lines = (awaited: boolean): string => `
      let told = false;
      const awaited = () => {
        if (!told) console.log('busy');
        told = true;
        return ${awaited};
      };
      const options = { clock: library.systemClock, waitMs: 600_000, awaited };
      const taking = library.withFileLock(${JSON.stringify(folder.file)}, async () => 'taken', options);
      console.log(await taking.catch((error) => error.name));
    `;

    const careless = await outputOf(children.start(lines(false)));
    const waiter = children.start(lines(true));
    const waited = outputOf(waiter);
    await firstOutputOf(waiter);
    holder.stdin?.end('done\n');

    expect([careless, await waited]).toEqual(['busy\nLockBusyError\n', 'busy\ntaken\n']);
  });

  test('F63 Silence counts across attempts that do not wait', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE });
    const clock = sleptClock();
    const options = { clock, waitMs: 60_000, awaited: () => false, watch: new LockWatch(clock) };
    await expect(withFileLock(folder.file, async () => 'taken', options)).rejects.toBeInstanceOf(LockBusyError);

    await clock.sleep(11_000);

    await expect(withFileLock(folder.file, async () => 'taken', options)).resolves.toBe('taken');
  });

  test('A signal ends the wait with its reason', async () => {
    await lockLeft(folder.file, { host: ELSEWHERE });
    const controller = new AbortController();
    const reason = new Error('no longer wanted');

    const waiting = withFileLock(folder.file, async () => 'taken', { ...patient, signal: controller.signal });
    controller.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });

  test('Two paths that lead to one file share one lock', async () => {
    writeFileSync(folder.file, '');
    const link = join(folder.path, 'link.json');
    symlinkSync(folder.file, link);

    const inner = await withFileLock(
      folder.file,
      () => withFileLock(link, async () => 'taken', hasty).catch((error: unknown) => error),
      hasty,
    );

    expect(inner).toBeInstanceOf(LockBusyError);
  });

  test('A directory that does not exist is told apart from a busy lock', async () => {
    const waiting = withFileLock(join(folder.path, 'absent', 'tokens.json'), async () => undefined, patient);

    await expect(waiting).rejects.toMatchObject({ code: 'file_not_found' });
  });

  test('A directory that cannot be written to is told apart from a busy lock', async () => {
    chmodSync(folder.path, 0o555);
    const lines = `
      const options = { clock: library.systemClock, waitMs: 15_000 };
      await library.withFileLock(${JSON.stringify(folder.file)}, async () => {}, options).catch((error) => console.log(error.code, error.message));
    `;

    const output = await outputOf(children.start(lines, { unprivileged: true }));

    expect(output).toContain(`file_unwritable Cannot write ${folder.file}.lock: permission is denied`);
  });

  test('A file in the place of the lock is refused and left alone', async () => {
    writeFileSync(`${folder.file}.lock`, 'mine');

    await expect(withFileLock(folder.file, async () => undefined, hasty)).rejects.toMatchObject({
      code: 'file_unsafe',
    });

    expect(readFileSync(`${folder.file}.lock`, 'utf8')).toBe('mine');
  });

  test('An empty lock directory, as a crash may leave it, holds nobody up', async () => {
    mkdirSync(`${folder.file}.lock`);

    await expect(withFileLock(folder.file, async () => 'taken', { ...hasty, waitMs: 0 })).resolves.toBe('taken');
  });
});
