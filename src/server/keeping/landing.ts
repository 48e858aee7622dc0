/** The end of an attempt, for those who wait for it: each for as long as it likes. */
import { abandonable } from '../../base/abandonable.js';
import type { Cancel, Clock } from '../../base/clock.js';
import { scheduleHolding, scheduleOn } from '../../base/schedule.js';
import { RefreshError } from '../../errors.js';
import type { AccessToken } from '../../tokens/access-token.js';

/** For how long somebody waits. */
export interface WaitOptions {
  /** How long, in milliseconds; `Infinity` for as long as an attempt takes. */
  readonly timeoutMs: number;
  /** Ends this wait with its own reason. */
  readonly signal: AbortSignal | undefined;
}

/** What is waited for, seen from here. */
export interface LandingParts {
  /** Where time is read. */
  readonly clock: Clock;
  /** Looks whether a token has come by another way. Where it settles the landing as well, that is welcome. */
  readonly held: () => Promise<AccessToken> | undefined;
  /** Called when nobody waits any more, and nothing has come. */
  readonly onDeserted: () => void;
}

/** While somebody waits it is looked so often whether there is a token already: others may refresh the same credentials. */
const LOOK_MS = 250;

/** A promise that is settled from outside. */
export class Landing {
  readonly #parts: LandingParts;
  readonly #promise: Promise<AccessToken>;
  #resolve: (token: AccessToken) => void = ignore;
  #reject: (error: unknown) => void = ignore;
  #waiters = 0;
  #isOver = false;
  #release: Cancel = ignore;

  constructor(parts: LandingParts) {
    this.#parts = parts;
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Everybody may have left.
    this.#promise.catch(ignore);
  }

  /** Ends the wait of all. */
  settle(result: AccessToken | RefreshError): void {
    this.#isOver = true;
    this.#release();
    if (result instanceof RefreshError) this.#reject(result);
    else this.#resolve(result);
  }

  /** Waits. Nothing that others wait for is stopped by it. */
  wait({ timeoutMs, signal }: WaitOptions): Promise<AccessToken> {
    const leave = this.#enter();
    if (timeoutMs === Infinity) return abandonable(this.#promise, signal, leave);
    let cancel: Cancel = ignore;
    const ended = new Promise<AccessToken>((resolve, reject) => {
      cancel = scheduleOn(this.#parts.clock, timeoutMs, () => {
        resolve(this.#parts.held() ?? Promise.reject(timedOut(timeoutMs)));
        leave();
      });
      this.#promise.finally(cancel).then(resolve, reject);
    });
    return abandonable(ended, signal, () => {
      cancel();
      leave();
    });
  }

  /** Counts somebody in, and gives what counts them out again. */
  #enter(): () => void {
    this.#waiters += 1;
    if (this.#waiters === 1) this.#hold();
    let isHere = true;
    return () => {
      if (!isHere || this.#isOver) return;
      isHere = false;
      this.#waiters -= 1;
      if (this.#waiters > 0) return;
      this.#release();
      this.#parts.onDeserted();
    };
  }

  /** Node ends a process that nothing holds, though somebody waits in it. */
  #hold(): void {
    this.#release = scheduleHolding(this.#parts.clock, LOOK_MS, () => {
      void this.#parts.held();
      if (!this.#isOver) this.#hold();
    });
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
