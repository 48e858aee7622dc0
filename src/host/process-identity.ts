/** Who holds a lock: which process on which machine, spelt so that it can stand in a file name, and what has become of it. */
import { systemCode } from './file-errors.js';

/** A holder, as a lock names it. */
export interface LockHolder {
  /** A digest of the machine, its boot and the process's name spaces: where it is equal, the process id means the same. */
  readonly host: string;
  /** The process id. */
  readonly pid: number;
  /** When the process began, in the system's ticks since its boot; 0 where it does not tell. With the process id it is never used again. */
  readonly birth: number;
  /** Differs for every taking. */
  readonly id: string;
}

/**
 * What is known of a holder: that very process lives, or has ended; some process has its id, and the system does not tell
 * which; or it runs where we cannot see it.
 */
export type Fate = 'alive' | 'dead' | 'doubtful' | 'elsewhere';

interface Life {
  readonly state: string;
  readonly birth: number;
}

const ENTRY = /^([0-9a-f]{16})-(\d{1,10})-(\d{1,16})-([0-9a-f-]{36})$/;
/** Zombies: killed, and not yet collected by their parents. */
const ENDED = new Set(['X', 'Z']);
let ourselves: Promise<Pick<LockHolder, 'host' | 'birth'>> | undefined;

/** A new holder for this process. */
export async function newHolder(): Promise<LockHolder> {
  ourselves ??= identify();
  const id = process.getBuiltinModule('node:crypto').randomUUID();
  return { ...(await ourselves), pid: process.pid, id };
}

/** The name of the entry by which a holder is known. */
export function entryName({ host, pid, birth, id }: LockHolder): string {
  return `${host}-${pid}-${birth}-${id}`;
}

/** The holder that an entry names, or undefined where it was not made here. */
export function holderOf(entry: string): LockHolder | undefined {
  const [, host, pid, birth, id] = ENTRY.exec(entry) ?? [];
  if (host === undefined || id === undefined) return undefined;
  return { host, pid: Number(pid), birth: Number(birth), id };
}

/** What has become of a holder. A process that merely has its id now does not count as it, where the system tells them apart. */
export async function fateOf(holder: LockHolder): Promise<Fate> {
  ourselves ??= identify();
  const { host, birth } = await ourselves;
  if (holder.host !== host) return 'elsewhere';
  if (!isTaken(holder.pid)) return 'dead';
  const life = birth === 0 || holder.birth === 0 ? undefined : lifeIn(await readOrNothing(`/proc/${holder.pid}/stat`));
  if (life === undefined) return 'doubtful';
  return life.birth === holder.birth && !ENDED.has(life.state) ? 'alive' : 'dead';
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

async function identify(): Promise<Pick<LockHolder, 'host' | 'birth'>> {
  const stat = await readOrNothing('/proc/self/stat');
  // What is mounted there may tell of the processes of another name space.
  const life = stat.startsWith(`${process.pid} `) ? lifeIn(stat) : undefined;
  return { host: await digestOfHost(), birth: life?.birth ?? 0 };
}

/** Containers may share a host name, or a process id, but not the boot and the name spaces together. */
async function digestOfHost(): Promise<string> {
  const { readlink } = process.getBuiltinModule('node:fs/promises');
  const boot = await readOrNothing('/proc/sys/kernel/random/boot_id');
  const nameSpaces = ['pid', 'time'].map((name) => readlink(`/proc/self/ns/${name}`).catch(() => ''));
  const parts = [process.getBuiltinModule('node:os').hostname(), boot, ...(await Promise.all(nameSpaces))];
  return process
    .getBuiltinModule('node:crypto')
    .createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 16);
}

/** Reads `/proc/PID/stat` ({@link https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html | proc_pid_stat(5)}): the name, in brackets, may hold anything. */
function lifeIn(stat: string): Life | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const birth = Number(fields[19]);
  return state === undefined || !Number.isSafeInteger(birth) || birth <= 0 ? undefined : { state, birth };
}

async function readOrNothing(path: string): Promise<string> {
  return await process
    .getBuiltinModule('node:fs/promises')
    .readFile(path, 'utf8')
    .catch(() => '');
}
