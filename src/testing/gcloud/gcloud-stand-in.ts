/** A stand-in for the gcloud command: a real executable in a folder of its own, that prints what it is told and counts its runs. */
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJsonObject, readBoolean, readNumber, readStringArray } from '../../base/json.js';
import { GCLOUD_PROGRAM } from './gcloud-program.js';

/** What one command of the stand-in does, instead of what gcloud would do. */
export interface GcloudAnswer {
  /** What it prints on standard output. */
  readonly stdout?: string | undefined;
  /** What it prints on standard error; warnings stand here too. */
  readonly stderr?: string | undefined;
  /** Its exit code. */
  readonly exitCode?: number | undefined;
  /**
   * How long it waits before it prints anything, in milliseconds.
   * @default 0
   */
  readonly delayMs?: number | undefined;
}

/** How the stand-in behaves. */
export interface GcloudStandInSettings {
  /**
   * The account that is signed in and active.
   * @default 'user-1@example.com'
   */
  readonly account?: string | undefined;
  /**
   * Whether anybody is signed in.
   * @default true
   */
  readonly signedIn?: boolean | undefined;
  /**
   * Whether the user would have to prove again who they are.
   * @default false
   */
  readonly reauthRequired?: boolean | undefined;
  /**
   * The token that it prints.
   * @default `ya29.gcloud-stand-in-` and the number of the run
   */
  readonly token?: string | undefined;
  /**
   * When its tokens end, in milliseconds since the epoch; `null` where it does not say.
   * @default an hour after each run, by the machine's clock
   */
  readonly expiresAt?: number | null | undefined;
  /** The project that it is set to; none where it is left out. */
  readonly project?: string | undefined;
  /** What `gcloud config config-helper` does otherwise. */
  readonly configHelper?: GcloudAnswer | undefined;
  /** What `gcloud auth print-access-token` does otherwise. */
  readonly printAccessToken?: GcloudAnswer | undefined;
  /** What `gcloud config get project` does otherwise. */
  readonly getProject?: GcloudAnswer | undefined;
}

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

const DEFAULTS: GcloudStandInSettings = { account: 'user-1@example.com', signedIn: true };
const EXECUTABLE = 0o700;

/**
 * Makes a stand-in for gcloud in a temporary folder.
 * @example
 * ```ts
 * using gcloud = createGcloudStandIn({ reauthRequired: true });
 * const credentials = new GcloudCliCredentials({ command: gcloud.command });
 * ```
 */
export function createGcloudStandIn(settings: GcloudStandInSettings = {}): GcloudStandIn {
  const folder = mkdtempSync(join(tmpdir(), 'credence-gcloud-'));
  const command = writeProgram(folder);
  let current: GcloudStandInSettings = DEFAULTS;
  const configure = (changes: GcloudStandInSettings): void => {
    current = withChanges(current, changes);
    writeSettings(folder, current);
  };
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  configure(settings);
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

function withChanges(current: GcloudStandInSettings, changes: GcloudStandInSettings): GcloudStandInSettings {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const reset = Object.fromEntries(Object.keys(changes).map((name) => [name, Reflect.get(DEFAULTS, name)]));
  return { ...current, ...reset, ...given };
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
