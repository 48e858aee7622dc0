import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock, type Clock } from '../../src/base/clock.js';
import { LockBusyError, withFileLock } from '../../src/host/file-lock.js';
import { entryName, newHolder } from '../../src/host/process-identity.js';
import { firstOutputOf, outputOf, processes, type Processes } from './holder.js';

let children: Processes;
let folder: string;
let file: string;

beforeAll(async () => {
  children = await processes();
});
afterAll(() => children[Symbol.dispose]());
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'credence-lock-')));
  file = join(folder, 'tokens.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const patient = { clock: systemClock, waitMs: 15_000 };
const hasty = { clock: systemClock, waitMs: 60 };

/** No process has this id: Linux ends at 2^22, and `kill` takes at most this. */
const NO_PROCESS = 2 ** 31 - 1;

/** Time that passes only by sleeping: a wait of minutes takes none. */
function sleptClock(): Clock & { slept(): number } {
  let elapsedMs = 0;
  const startedAt = Date.now();
  return {
    now: () => startedAt + elapsedMs,
    monotonic: () => elapsedMs,
    schedule: () => () => undefined,
    sleep: async (ms) => {
      elapsedMs += ms;
    },
    random: () => 0.5,
    slept: () => elapsedMs,
  };
}

/** A lock as a holder on another machine would have left it. */
async function foreignLock(ageMs = 0): Promise<string> {
  const holder = await newHolder(Date.now() - ageMs);
  const entry = entryName({ ...holder, host: 'f'.repeat(16) });
  const heartbeat = (Date.now() - ageMs) / 1000;
  mkdirSync(`${file}.lock`);
  writeFileSync(join(`${file}.lock`, entry), '');
  utimesSync(join(`${file}.lock`, entry), heartbeat, heartbeat);
  return join(`${file}.lock`, entry);
}

/** How many milliseconds a wait takes, on a clock that only sleeping moves. */
async function waitFor(clock: ReturnType<typeof sleptClock>): Promise<number> {
  await withFileLock(file, async () => undefined, { clock, waitMs: 60_000 });
  return clock.slept();
}

function increment(): Promise<void> {
  return withFileLock(
    file,
    async () => {
      const count = Number(readFileSync(file, 'utf8'));
      await systemClock.sleep(1);
      writeFileSync(file, String(count + 1));
    },
    patient,
  );
}

describe('withFileLock', () => {
  test('F63 Four processes that increment a number under the lock lose nothing', async () => {
    writeFileSync(file, '0');
    const lines = `
      const file = ${JSON.stringify(file)};
      const increment = async () => {
        const count = Number(await library.readSmallFile(file));
        await library.replaceFile(file, String(count + 1));
      };
      for (let i = 0; i < 25; i++) await library.withFileLock(file, increment, { clock: library.systemClock, waitMs: 15_000 });
    `;

    await Promise.all(Array.from({ length: 4 }, () => outputOf(children.start(lines))));

    expect(readFileSync(file, 'utf8')).toBe('100');
    expect(readdirSync(folder)).toEqual(['tokens.json']);
  });

  test('Tasks of one process exclude one another too', async () => {
    writeFileSync(file, '0');

    await Promise.all(Array.from({ length: 12 }, increment));

    expect(readFileSync(file, 'utf8')).toBe('12');
  });

  test('The result and the error of the work are handed on, and the lock is given back after either', async () => {
    const fault = new Error('the work failed');

    await expect(withFileLock(file, async () => 'result', hasty)).resolves.toBe('result');
    await expect(withFileLock(file, () => Promise.reject(fault), hasty)).rejects.toBe(fault);

    expect(readdirSync(folder)).toEqual([]);
  });

  test('F63 A holder that was killed is taken over from at once by another process of the same machine', async () => {
    const holder = children.start(`
      await library.withFileLock(${JSON.stringify(file)}, async () => {
        console.log('held');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }, { clock: library.systemClock, waitMs: 1_000 });
    `);
    await firstOutputOf(holder);
    await expect(withFileLock(file, async () => 'taken', hasty)).rejects.toThrow(`is held by process ${holder.pid}`);

    holder.kill('SIGKILL');
    await once(holder, 'close');

    await expect(withFileLock(file, async () => 'taken', hasty)).resolves.toBe('taken');
  });

  test('F63 Of many takers of a dead lock one at a time wins, and what the dead had prepared is removed', async () => {
    writeFileSync(file, '0');
    const dead = entryName({ ...(await newHolder(0)), pid: NO_PROCESS });
    for (const name of ['.lock', `.lock.${dead}`]) {
      mkdirSync(`${file}${name}`);
      writeFileSync(join(`${file}${name}`, dead), '');
    }

    await Promise.all(Array.from({ length: 12 }, increment));

    expect(readFileSync(file, 'utf8')).toBe('12');
    expect(readdirSync(folder)).toEqual(['tokens.json']);
  });

  test('F63 A holder of another machine is taken over from after ten seconds of silence', async () => {
    await foreignLock();

    const waitedMs = await waitFor(sleptClock());

    expect(waitedMs).toBeGreaterThan(10_000);
    expect(waitedMs).toBeLessThan(10_500);
  });

  test('F63 A holder that the clocks too say was silent for long is taken over from after three seconds', async () => {
    await foreignLock(3_600_000);

    const waitedMs = await waitFor(sleptClock());

    expect(waitedMs).toBeGreaterThan(3_000);
    expect(waitedMs).toBeLessThan(3_500);
  });

  test('F63 A holder that keeps its heartbeat keeps its lock, however wrong its clock is', async () => {
    const entry = await foreignLock(3_600_000);
    const clock = sleptClock();
    const beating: Clock = {
      ...clock,
      sleep: async (ms) => {
        await clock.sleep(ms);
        utimesSync(entry, Math.floor(clock.monotonic() / 1_000), 1 + Math.floor(clock.monotonic() / 1_000));
      },
    };

    const waiting = withFileLock(file, async () => 'taken', { clock: beating, waitMs: 60_000 });

    await expect(waiting).rejects.toBeInstanceOf(LockBusyError);
  });

  test('The holder sends its heartbeat while it works', async () => {
    let beat = (): void => undefined;
    let now = Date.now();
    const clock: Clock = { ...sleptClock(), now: () => now, schedule: (_ms, run) => ((beat = run), () => undefined) };
    const heartbeatOf = async (): Promise<LockBusyError | undefined> =>
      withFileLock(file, async () => undefined, { ...hasty, waitMs: 0 }).catch(
        (error: unknown) => error as LockBusyError,
      );

    const seen = await withFileLock(
      file,
      async () => {
        const path = join(`${file}.lock`, readdirSync(`${file}.lock`)[0] ?? '');
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
      file,
      async (lock) => {
        const before = await lock.isHeld();
        rmSync(`${file}.lock`, { recursive: true });
        await foreignLock();
        seen = [before, await lock.isHeld()];
      },
      hasty,
    );

    expect(seen).toEqual([true, false]);
    expect(readdirSync(`${file}.lock`)).toHaveLength(1);
  });

  test('A wait that ends without the lock says who held it, and leaves nothing behind', async () => {
    await foreignLock();

    const error: unknown = await withFileLock(file, async () => undefined, hasty).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(LockBusyError);
    expect(error).toMatchObject({ lock: `${file}.lock`, holder: { pid: process.pid, host: 'f'.repeat(16) } });
    expect(readdirSync(folder)).toEqual(['tokens.json.lock']);
  });

  test('A signal ends the wait with its reason', async () => {
    await foreignLock();
    const controller = new AbortController();
    const reason = new Error('no longer wanted');

    const waiting = withFileLock(file, async () => 'taken', { ...patient, signal: controller.signal });
    controller.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });

  test('Two paths that lead to one file share one lock', async () => {
    writeFileSync(file, '');
    const link = join(folder, 'link.json');
    symlinkSync(file, link);

    const inner = await withFileLock(
      file,
      () => withFileLock(link, async () => 'taken', hasty).catch((error: unknown) => error),
      hasty,
    );

    expect(inner).toBeInstanceOf(LockBusyError);
  });

  test('A directory that does not exist is told apart from a busy lock', async () => {
    const waiting = withFileLock(join(folder, 'absent', 'tokens.json'), async () => undefined, patient);

    await expect(waiting).rejects.toMatchObject({ code: 'file_not_found' });
  });

  test('A directory that cannot be written to is told apart from a busy lock', async () => {
    chmodSync(folder, 0o555);
    const lines = `
      const options = { clock: library.systemClock, waitMs: 15_000 };
      await library.withFileLock(${JSON.stringify(file)}, async () => {}, options).catch((error) => console.log(error.code, error.message));
    `;

    const output = await outputOf(children.start(lines, { unprivileged: true }));

    expect(output).toContain(`file_unwritable Cannot write ${file}.lock: permission is denied`);
  });

  test('A file in the place of the lock is refused and left alone', async () => {
    writeFileSync(`${file}.lock`, 'mine');

    await expect(withFileLock(file, async () => undefined, hasty)).rejects.toMatchObject({ code: 'file_unsafe' });

    expect(readFileSync(`${file}.lock`, 'utf8')).toBe('mine');
  });

  test('An empty lock directory, as a crash may leave it, holds nobody up', async () => {
    mkdirSync(`${file}.lock`);

    await expect(withFileLock(file, async () => 'taken', { ...hasty, waitMs: 0 })).resolves.toBe('taken');
  });
});
