/** Writes credential files into a temporary folder of one emulator, which goes away with it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The credential files of one emulator. */
export class CredentialFiles {
  #folder: Promise<string> | undefined;
  #written: number = 0;

  /** Writes `info` as JSON into a new file that its owner alone may read, and gives the path. */
  async write(kind: string, info: object): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'credence-emulator-'));
    this.#written += 1;
    const name = `${kind}-${String(this.#written)}.json`;
    const path = join(await this.#folder, name);
    await writeFile(path, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return path;
  }

  /** Removes the folder with everything in it. */
  async remove(): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}
