/** The options of one call, and what becomes of a call whose signal has aborted. */

/** Options of one call. */
export interface CallOptions {
  /** Ends this caller's wait with its own reason; what is shared with other callers goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a refresh. */
export interface RefreshOptions extends CallOptions {
  /**
   * Whether a token request is sent once at most, for callers with a schedule of their own; it is repeated where somebody else
   * waits for the same refresh.
   * @default false
   */
  readonly singleAttempt?: boolean | undefined;
}

/** @throws The signal's reason where it has aborted, and a TypeError where it is no signal. */
export function throwIfAborted(options: CallOptions | undefined): void {
  const signal = options?.signal;
  if (signal === undefined) return;
  if (typeof signal !== 'object' || signal === null || !('throwIfAborted' in signal))
    throw new TypeError('"signal" must be an AbortSignal');
  signal.throwIfAborted();
}
