/** The options of one call, and what becomes of a call whose signal has aborted. */

/** Options of one call. */
export interface CallOptions {
  /** Ends this caller's wait with its own reason; what is shared with other callers goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws The signal's reason where it has aborted, and a TypeError where it is no signal. */
export function throwIfAborted(options: CallOptions | undefined): void {
  const signal = options?.signal;
  if (signal === undefined) return;
  if (typeof signal !== 'object' || signal === null || !('throwIfAborted' in signal))
    throw new TypeError('"signal" must be an AbortSignal');
  signal.throwIfAborted();
}
