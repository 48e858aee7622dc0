/**
 * Keeps the processors awake while a client waits for its server again and again. On many machines, virtual ones above all, it takes longer to
 * wake a processor that has gone to sleep than a client works for an answer: the same for all of them, and nobody's merit. A server that has
 * something to do does not sleep either.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const STAY = '--stay-awake';
const SLICE_MS = 5;

/** Keeps every processor busy at the lowest priority, which gives way to whatever else there is to do, until it is disposed of. */
export function keepAwake(): Disposable {
  const children: ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    fork(fileURLToPath(import.meta.url), [STAY]),
  );
  return {
    [Symbol.dispose]: () => {
      for (const child of children) child.kill();
    },
  };
}

/** In slices, after each of which it sees whether its parent is still there. */
function stayAwake(): void {
  if (!process.connected) return;
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until);
  setImmediate(stayAwake);
}

if (argv.includes(STAY)) {
  setPriority(constants.priority.PRIORITY_LOW);
  stayAwake();
}
