/** The end of an attempt, for those who wait for it: each for as long as it likes. */
import { abandonable } from '../base/abandonable.js';
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import type { AccessToken } from '../tokens/access-token.js';
import { bounded } from '../transport/deadline.js';

/** For how long somebody waits. */
export interface WaitOptions {
  /** How long, in milliseconds; `Infinity` for as long as an attempt takes. */
  readonly timeoutMs: number;
  /** Ends this wait with its own reason. */
  readonly signal: AbortSignal | undefined;
}

/** A promise that is settled from outside. */
export class Landing {
  readonly #promise: Promise<AccessToken>;
  #resolve: (token: AccessToken) => void = ignore;
  #reject: (error: unknown) => void = ignore;

  constructor() {
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Everybody may have left.
    this.#promise.catch(ignore);
  }

  /** Ends the wait of all. */
  settle(result: AccessToken | RefreshError): void {
    if (result instanceof RefreshError) this.#reject(result);
    else this.#resolve(result);
  }

  /** Waits. Nothing that others wait for is stopped by it. */
  wait(clock: Clock, { timeoutMs, signal }: WaitOptions): Promise<AccessToken> {
    if (timeoutMs === Infinity) return abandonable(this.#promise, signal);
    const options = { clock, timeoutMs, signals: [], timedOut: () => timedOut(timeoutMs) };
    return bounded(options, () => abandonable(this.#promise, signal), ignore);
  }
}

function timedOut(timeoutMs: number): RefreshError {
  return new RefreshError(
    'timed_out',
    `The token server had no token within ${String(timeoutMs)} ms. It goes on; call again.`,
    { retryable: true },
  );
}

function ignore(): void {
  // Somebody else hears of it.
}
