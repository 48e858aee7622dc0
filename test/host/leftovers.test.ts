import { once } from 'node:events';
import { chownSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { withFileLock } from '../../src/host/file-lock.js';
import { replaceFile } from '../../src/host/files.js';
import { sweepLeftovers } from '../../src/host/leftovers.js';
import { entryName, newHolder, type LockHolder } from '../../src/host/process-identity.js';
import { ELSEWHERE, NO_PROCESS } from '../fixtures/lock-left.js';
import { needsRoot } from '../fixtures/needs.js';
import { temporaryFolder } from '../fixtures/temporary-folder.js';
import { firstOutputOf, processes } from './holder.js';

const children = processes();
const folder = temporaryFolder();
const NOW = Date.now();
const DEAD = { pid: NO_PROCESS };

const temporary = async (holder: Partial<LockHolder>, file = 'key.json'): Promise<string> =>
  `.${file}.${entryName({ ...(await newHolder()), ...holder })}.tmp`;
const prepared = async (holder: Partial<LockHolder>): Promise<string> =>
  `key.json.lock.${entryName({ ...(await newHolder()), ...holder })}`;
const at = (name: string): string => join(folder.path, name);

function writeAged(name: string, ageMs = 0): void {
  const modified = (NOW - ageMs) / 1000;
  writeFileSync(at(name), 'secret');
  utimesSync(at(name), modified, modified);
}

async function sweep(): Promise<string[]> {
  await sweepLeftovers(folder.file, `${folder.file}.lock`, NOW);
  return readdirSync(folder.path);
}

describe('what killed processes leave', () => {
  test('F59 F63 A process that is killed in mid-save leaves the old file whole, and the next holder of the lock removes the rest', async () => {
    writeFileSync(folder.file, 'old');
    // The new text is written and synced by then, and the rename never comes.
    const child = children.start(`
      const file = ${JSON.stringify(folder.file)};
      const save = async () => {
        process.getBuiltinModule('node:fs/promises').rename = () => {
          console.log('written');
          return new Promise((resolve) => setTimeout(resolve, 60_000));
        };
        await library.replaceFile(file, 'secret');
      };
      await library.withFileLock(file, save, { clock: library.systemClock, waitMs: 1_000 });
    `);
    await firstOutputOf(child);
    child.kill('SIGKILL');
    await once(child, 'close');
    const left = readdirSync(folder.path);

    await withFileLock(folder.file, async () => undefined, { clock: systemClock, waitMs: 10_000 });

    expect(left).toHaveLength(3);
    expect(readdirSync(folder.path)).toEqual(['key.json']);
    expect(readFileSync(folder.file, 'utf8')).toBe('old');
  });

  test('What the dead were writing, and the locks that they were about to take, are removed', async () => {
    const lock = await prepared(DEAD);
    writeAged(await temporary(DEAD));
    mkdirSync(at(lock));
    writeAged(join(lock, 'entry'));

    expect(await sweep()).toEqual([]);
  });

  test('What the living write is left alone, however old it is', async () => {
    const name = await temporary({});
    writeAged(name, 3_600_000);

    // Where the system does not tell processes apart, this one counts as unknown.
    expect(await sweep()).toEqual(process.platform === 'linux' ? [name] : []);
  });

  test.each([ELSEWHERE, undefined])(
    'Of unknown processes only what is older than ten minutes is removed (%s)',
    async (host) => {
      const unknown = host === undefined ? { birth: 0 } : { host };
      const young = await temporary(unknown);
      writeAged(young, 9 * 60_000);
      writeAged(await temporary(unknown), 11 * 60_000);

      expect(await sweep()).toEqual([young]);
    },
  );

  test('What bears other names, or is of another kind, is left alone', async () => {
    const entry = entryName({ ...(await newHolder()), ...DEAD });
    const files = [
      `.key.json.${entry}`,
      `.key.json.${entry}.tmp~`,
      `key.json.${entry}.tmp`,
      '.key.json.notes.tmp',
      '.key.json.tmp',
    ];
    const names = [...files, await temporary(DEAD, 'other.json'), await prepared(DEAD)];
    for (const name of names) writeAged(name, 3_600_000);
    const link = await temporary({ ...DEAD, id: '0'.repeat(36) });
    symlinkSync(at('.key.json.tmp'), at(link));
    const directory = await temporary(DEAD);
    mkdirSync(at(directory));

    expect((await sweep()).sort()).toEqual([...names, link, directory].sort());
  });

  test('What belongs to others is left alone', async (context) => {
    needsRoot(context);

    const name = await temporary(DEAD);
    writeAged(name);
    chownSync(at(name), 65_534, 65_534);

    expect(await sweep()).toEqual([name]);
  });

  test('A long name, cut within a character, is recognised', async () => {
    const target = at(`${'k'.repeat(47)}\u{1F511}.json`);
    writeAged(await temporary(DEAD, 'k'.repeat(47)));

    await sweepLeftovers(target, `${target}.lock`, NOW);

    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('Where no lock is held nothing is removed', async () => {
    const name = await temporary(DEAD);
    writeAged(name, 3_600_000);

    await replaceFile(folder.file, 'new');

    expect(readdirSync(folder.path)).toEqual([name, 'key.json']);
  });

  test('A folder that cannot be listed is no error', async () => {
    const absent = join(folder.path, 'absent', 'key.json');

    await expect(sweepLeftovers(absent, `${absent}.lock`, NOW)).resolves.toBeUndefined();
  });
});
