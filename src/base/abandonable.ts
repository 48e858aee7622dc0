/** Lets one of many waiters leave without disturbing what they wait for. */

interface Leavers {
  readonly leave: Set<() => void>;
  readonly abort: () => void;
}

/** One signal often stands for many calls: it gets one listener, where Node would warn of eleven and search them all for each new one. */
const leaversOf = new WeakMap<AbortSignal, Leavers>();

/**
 * Follows a shared promise until the signal aborts, and then rejects with the signal's own reason. The shared work goes on.
 * @param onLeave Told where the waiter has left before the work was done.
 */
export function abandonable<T>(shared: Promise<T>, signal: AbortSignal | undefined, onLeave?: () => void): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
      onLeave?.();
    };
    // First of all: whatever becomes of the signal, a failure of the work is heard.
    shared.then(resolve, reject).finally(() => {
      unhook(signal, leave);
    });
    if (signal.aborted) leave();
    else hook(signal, leave);
  });
}

function hook(signal: AbortSignal, leave: () => void): void {
  const leavers = leaversOf.get(signal) ?? listenTo(signal);
  leavers.leave.add(leave);
}

function listenTo(signal: AbortSignal): Leavers {
  const leave = new Set<() => void>();
  const abort = (): void => {
    for (const one of leave) one();
  };
  const leavers = { leave, abort };
  signal.addEventListener('abort', abort, { once: true });
  leaversOf.set(signal, leavers);
  return leavers;
}

function unhook(signal: AbortSignal, leave: () => void): void {
  const leavers = leaversOf.get(signal);
  leavers?.leave.delete(leave);
  if (leavers?.leave.size !== 0) return;
  signal.removeEventListener('abort', leavers.abort);
  leaversOf.delete(signal);
}
