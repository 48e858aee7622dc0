/** One attempt to refresh credentials, which callers may join and leave. */
import type { Credentials } from '../../credentials/credentials.js';
import type { RefreshError } from '../../errors.js';
import type { AccessToken } from '../../tokens/access-token.js';
import { asRefreshError } from '../../tokens/refresh-failure.js';
import type { RequestLike } from '../../transport/transport.js';

/** So many microtasks later, and some to spare, an attempt knows that its flight has ended. */
const TICKS = 16;

/** What an attempt is made with. */
export interface AttemptParts {
  /** Whose token it is: known, or to be found. */
  readonly credentials: Credentials | (() => Promise<Credentials>);
  /** How to send token requests. */
  readonly request: RequestLike | undefined;
  /** Whether a caller waits from the start. */
  readonly isAwaited: boolean;
}

/**
 * An attempt under way. While callers wait, requests are repeated where they fail for a moment, and the process is held open; an
 * attempt that nobody waits for, or waits for any more, goes on without either.
 */
export class Attempt {
  /** Its end. It never rejects. */
  readonly result: Promise<AccessToken | RefreshError>;
  readonly #request: RequestLike | undefined;
  #credentials: Credentials | undefined;
  #isAwaited: boolean;
  #waiting: AbortController | undefined;
  #isOver = false;

  /** Begins, at once where the credentials are known. */
  constructor({ credentials, request, isAwaited }: AttemptParts) {
    this.#request = request;
    this.#isAwaited = isAwaited;
    this.result = this.#run(credentials);
  }

  /** Notes that a caller waits. */
  join(): void {
    this.#isAwaited = true;
    if (this.#credentials !== undefined) void this.#waitUnlessOver(this.#credentials);
  }

  /** Notes that no caller waits any more. */
  leave(): void {
    this.#isAwaited = false;
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  async #run(source: AttemptParts['credentials']): Promise<AccessToken | RefreshError> {
    try {
      const credentials = typeof source === 'function' ? await source() : source;
      const refreshing = credentials.refresh(this.#request, { singleAttempt: true });
      this.#credentials = credentials;
      if (this.#isAwaited) void this.#wait(credentials);
      return await refreshing;
    } catch (error) {
      return asRefreshError(error);
    } finally {
      this.#isOver = true;
    }
  }

  /** To ask in the instant in which the flight has failed would begin another one, whatever forbids it. */
  async #waitUnlessOver(credentials: Credentials): Promise<void> {
    for (let tick = 0; tick < TICKS && !this.#isOver; tick += 1) await Promise.resolve();
    if (!this.#isOver && this.#isAwaited) await this.#wait(credentials);
  }

  /** Joins the flight once more, as somebody for whom requests are repeated; the attempt itself only hears of its end. */
  async #wait(credentials: Credentials): Promise<void> {
    if (this.#waiting !== undefined) return;
    this.#waiting = new AbortController();
    try {
      await credentials.refresh(this.#request, { signal: this.#waiting.signal });
    } catch {
      // The attempt itself tells of its failure.
    }
  }
}
