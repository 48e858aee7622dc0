/** Who holds a lock: which process on which machine, spelt so that it can stand in a file name. */

/** A holder, as a lock names it. */
export interface LockHolder {
  /** A digest of the machine, its boot and the process's name space: where it is equal, the process id means the same. */
  readonly host: string;
  /** The process id. */
  readonly pid: number;
  /** When the lock was taken, in milliseconds since the epoch of the holder's clock. */
  readonly startedAt: number;
  /** Differs for every taking. */
  readonly id: string;
}

const ENTRY = /^([0-9a-f]{16})-(\d{1,10})-(\d{1,16})-([0-9a-f-]{36})$/;
let hostDigest: Promise<string> | undefined;

/** A new holder for this process. */
export async function newHolder(now: number): Promise<LockHolder> {
  hostDigest ??= digestOfHost();
  const id = process.getBuiltinModule('node:crypto').randomUUID();
  return { host: await hostDigest, pid: process.pid, startedAt: Math.max(0, Math.floor(now)), id };
}

/** The name of the entry by which a holder is known. */
export function entryName({ host, pid, startedAt, id }: LockHolder): string {
  return `${host}-${pid}-${startedAt}-${id}`;
}

/** The holder that an entry names, or undefined where it was not made here. */
export function holderOf(entry: string): LockHolder | undefined {
  const [, host, pid, startedAt, id] = ENTRY.exec(entry) ?? [];
  if (host === undefined || id === undefined) return undefined;
  return { host, pid: Number(pid), startedAt: Number(startedAt), id };
}

/** Whether the holder is known to be dead: it ran where we run, and no process has its id. A reused id only costs time. */
export function isDead(holder: LockHolder, host: string): boolean {
  if (holder.host !== host) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Containers may share a host name, or a process id, but not the boot and the name space together. */
async function digestOfHost(): Promise<string> {
  const { readFile, readlink } = process.getBuiltinModule('node:fs/promises');
  const absent = (): string => '';
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(absent);
  const nameSpace = await readlink('/proc/self/ns/pid').catch(absent);
  const parts = JSON.stringify([process.getBuiltinModule('node:os').hostname(), boot, nameSpace]);
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(parts).digest('hex').slice(0, 16);
}
