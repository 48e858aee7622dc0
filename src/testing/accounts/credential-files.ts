/** Writes credential files into a temporary folder of one emulator, which goes away with it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireOpen } from '../closing.js';

/** The credential files of one emulator. */
export class CredentialFiles {
  readonly #closing: AbortSignal;
  #folder: Promise<string> | undefined;
  #written: number = 0;
  #lastWrite: Promise<unknown> = Promise.resolve();

  /** @param closing Aborts when nothing is to be written any more. */
  constructor(closing: AbortSignal) {
    this.#closing = closing;
  }

  /**
   * Writes `info` as JSON into a new file that its owner alone may read, and gives the path.
   * @throws Error where the emulator is closed.
   */
  async write(kind: string, info: object): Promise<string> {
    requireOpen(this.#closing);
    this.#folder ??= mkdtemp(join(tmpdir(), 'credence-emulator-'));
    this.#written += 1;
    const writing = writeInto(this.#folder, `${kind}-${String(this.#written)}.json`, info);
    this.#lastWrite = Promise.allSettled([this.#lastWrite, writing]);
    return await writing;
  }

  /** Removes the folder with everything in it, after whatever is being written. */
  async remove(): Promise<void> {
    await this.#lastWrite;
    // Whoever is still saving a refresh token there may put a file into it meanwhile.
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function writeInto(folder: Promise<string>, name: string, info: object): Promise<string> {
  const path = join(await folder, name);
  await writeFile(path, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return path;
}
