/** How long a caller of a token server waits, as users write it. */
import { liveSignal } from '../base/live-signal.js';
import { knownOptions } from '../base/option-record.js';
import type { CallOptions } from '../credentials/call-options.js';
import type { WaitOptions } from './keeping/landing.js';

/** Options of fetching. */
export interface FetchOptions extends CallOptions {
  /**
   * How long to wait where no usable token is held, in milliseconds.
   * @default 5_000
   */
  readonly timeoutMs?: number | undefined;
}

/** How long to wait, in milliseconds; or options. */
export type FetchWait = number | FetchOptions;

const TIMEOUT_MS = 5_000;

/** For how long those wait who do not say. */
export const DEFAULT_WAIT: WaitOptions = Object.freeze({ timeoutMs: TIMEOUT_MS, signal: undefined });

/**
 * For how long a caller waits.
 * @throws TypeError for anything but a number of milliseconds, or options.
 * @throws the signal's reason where it has aborted.
 */
export function waitOptions(wait: FetchWait): WaitOptions {
  const options: FetchOptions = typeof wait === 'number' ? { timeoutMs: wait } : wait;
  const { timeoutMs = TIMEOUT_MS, signal } = knownOptions(options, ['timeoutMs', 'signal'], 'wait');
  if (typeof timeoutMs !== 'number' || !(timeoutMs >= 0))
    throw new TypeError('"timeoutMs" must be a number of milliseconds that is not negative');
  liveSignal({ signal });
  return { timeoutMs, signal };
}
