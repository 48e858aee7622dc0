/** Lets one of many waiters leave without disturbing what they wait for. */

/** Follows a shared promise until the signal aborts, and then rejects with the signal's own reason. The shared work goes on. */
export function abandonable<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason);
    };
    const unhook = (): void => {
      signal.removeEventListener('abort', abort);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    shared.then(resolve, reject).finally(unhook);
  });
}
