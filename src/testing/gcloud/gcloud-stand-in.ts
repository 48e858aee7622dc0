/** A stand-in for the gcloud command: a real executable in a folder of its own, that prints what it is told and counts its runs. */
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBoolean, readNumber, readStringArray } from '../../base/json-fields.js';
import { parseJsonObject } from '../../base/json.js';
import { GCLOUD_PROGRAM } from './gcloud-program.js';
import type { GcloudStandInSettings } from './gcloud-settings.js';
import { changedSettings, DEFAULT_GCLOUD_SETTINGS } from './gcloud-settings.js';

/** One run of the stand-in. */
export interface GcloudStandInRun {
  /** Its arguments. */
  readonly args: readonly string[];
  /** Its process. */
  readonly pid: number;
  /** Whether it was told not to ask anything, by `CLOUDSDK_CORE_DISABLE_PROMPTS=1`. */
  readonly promptsDisabled: boolean;
}

/** A stand-in for gcloud. */
export interface GcloudStandIn extends Disposable {
  /** The folder that it lies in, as `gcloud`: put it at the front of `PATH`. */
  readonly folder: string;
  /** The executable, for those who would rather not change `PATH`. */
  readonly command: string;
  /** Its runs up to now, in the order in which they began. */
  readonly runs: readonly GcloudStandInRun[];
  /** Changes how it behaves from the next run on; what is left out stays, and `undefined` brings back the default. */
  configure(settings: GcloudStandInSettings): void;
  /** Removes the folder. */
  remove(): void;
}

const EXECUTABLE = 0o700;

/**
 * Makes a stand-in for gcloud in a temporary folder.
 * @throws TypeError for a setting that there is none of, or of the wrong type.
 * @example
 * ```ts
 * using gcloud = createGcloudStandIn({ reauthRequired: true });
 * const credentials = new GcloudCliCredentials({ command: gcloud.command });
 * ```
 */
export function createGcloudStandIn(settings: GcloudStandInSettings = {}): GcloudStandIn {
  let current = changedSettings(DEFAULT_GCLOUD_SETTINGS, settings);
  const folder = mkdtempSync(join(tmpdir(), 'credence-gcloud-'));
  const command = writeProgram(folder);
  const configure = (changes: GcloudStandInSettings): void => {
    current = changedSettings(current, changes);
    writeSettings(folder, current);
  };
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  writeSettings(folder, current);
  return Object.freeze({
    folder,
    command,
    get runs() {
      return readRuns(folder);
    },
    configure,
    remove,
    [Symbol.dispose]: remove,
  });
}

/** A file for each kind of system, so that the folder serves on all of them. */
function writeProgram(folder: string): string {
  const program = join(folder, 'gcloud-stand-in.cjs');
  writeFileSync(program, GCLOUD_PROGRAM);
  writeFileSync(join(folder, 'runs.jsonl'), '');
  writeFileSync(join(folder, 'gcloud'), `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`);
  chmodSync(join(folder, 'gcloud'), EXECUTABLE);
  writeFileSync(join(folder, 'gcloud.cmd'), `@"${process.execPath}" "%~dp0gcloud-stand-in.cjs" %*\r\n`);
  return join(folder, process.platform === 'win32' ? 'gcloud.cmd' : 'gcloud');
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** A run that begins meanwhile reads the old settings or the new ones, whole. */
function writeSettings(folder: string, settings: GcloudStandInSettings): void {
  const file = join(folder, 'settings.json');
  writeFileSync(`${file}.new`, JSON.stringify(settings));
  renameSync(`${file}.new`, file);
}

function readRuns(folder: string): readonly GcloudStandInRun[] {
  const lines = readFileSync(join(folder, 'runs.jsonl'), 'utf8').split('\n');
  return Object.freeze(lines.filter((line) => line !== '').map(readRun));
}

function readRun(line: string): GcloudStandInRun {
  const run = parseJsonObject(line) ?? {};
  return Object.freeze({
    args: readStringArray(run, 'args') ?? [],
    pid: readNumber(run, 'pid') ?? NaN,
    promptsDisabled: readBoolean(run, 'promptsDisabled') ?? false,
  });
}
