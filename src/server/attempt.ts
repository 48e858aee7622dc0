/** One attempt to refresh credentials, which callers may join and leave. */
import type { Credentials } from '../credentials/credentials.js';
import type { RefreshError } from '../errors.js';
import type { AccessToken } from '../tokens/access-token.js';
import { asRefreshError } from '../tokens/refresh-failure.js';
import type { RequestLike } from '../transport/transport.js';

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

  /** Begins, at once where the credentials are known. */
  constructor({ credentials, request, isAwaited }: AttemptParts) {
    this.#request = request;
    this.#isAwaited = isAwaited;
    this.result = this.#run(credentials);
  }

  /** Notes that a caller waits. */
  join(): void {
    this.#isAwaited = true;
    if (this.#credentials !== undefined) void this.#wait(this.#credentials);
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
    }
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
