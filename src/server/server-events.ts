/** What a token server tells those who listen, and how a listener that throws harms nobody. */
import type { RefreshError } from '../errors.js';
import { tell } from '../tokens/events.js';

/** A token came: the server asked for it, or noticed that somebody else had refreshed the credentials. */
export interface RefreshedEvent {
  /** The name of the server. */
  readonly name: string;
  /** When the token ends, in milliseconds since the epoch; `undefined` where it never does. */
  readonly expiresAt: number | undefined;
  /** When the next one is asked for, in milliseconds since the epoch; `undefined` where it never is. */
  readonly nextRefreshAt: number | undefined;
}

/** An attempt failed. */
export interface FailedEvent {
  /** The name of the server. */
  readonly name: string;
  /** Why. It holds no secret. */
  readonly error: RefreshError;
  /** Failures in a row, this one included. */
  readonly retries: number;
  /** When the next attempt is due, in milliseconds since the epoch. */
  readonly nextRefreshAt: number | undefined;
}

/** A token came after failures. */
export interface RecoveredEvent {
  /** The name of the server. */
  readonly name: string;
  /** How many attempts had failed in a row. */
  readonly failures: number;
}

/** The events of a token server, by name. */
export interface TokenServerEvents {
  /** A token came. */
  readonly refreshed: RefreshedEvent;
  /** An attempt failed; what is valid is served on. */
  readonly failed: FailedEvent;
  /** `maxRetries` attempts failed in a row; they begin again. */
  readonly exhausted: FailedEvent;
  /** A token came after failures. */
  readonly recovered: RecoveredEvent;
}

/** Hears one kind of event. What it throws is told to `credence:notice`, and to nobody else. */
export type TokenServerListener<E extends keyof TokenServerEvents> = (event: TokenServerEvents[E]) => unknown;

type Listeners = { readonly [E in keyof TokenServerEvents]: Set<TokenServerListener<E>> };

/** The listeners of one server. */
export class EventListeners {
  readonly #listeners: Listeners = {
    refreshed: new Set(),
    failed: new Set(),
    exhausted: new Set(),
    recovered: new Set(),
  };

  /**
   * Adds a listener, and gives what removes it.
   * @throws TypeError for an event that there is not, and for a listener that is no function.
   */
  add<E extends keyof TokenServerEvents>(event: E, listener: TokenServerListener<E>): () => void {
    if (!Object.hasOwn(this.#listeners, event))
      throw new TypeError('"event" must be "refreshed", "failed", "exhausted" or "recovered"');
    if (typeof listener !== 'function') throw new TypeError('"listener" must be a function');
    const listeners: Set<TokenServerListener<E>> = this.#listeners[event];
    // The same function may listen twice, and each stops on its own.
    const own: TokenServerListener<E> = (told) => listener(told);
    listeners.add(own);
    return () => {
      listeners.delete(own);
    };
  }

  /** Calls the listeners of an event, one after the other. */
  emit<E extends keyof TokenServerEvents>(event: E, told: TokenServerEvents[E]): void {
    const listeners: Set<TokenServerListener<E>> = this.#listeners[event];
    Object.freeze(told);
    for (const listener of [...listeners]) void call(listener, told);
  }
}

/** Tells of a failure, and where the retries are exhausted, of that too. */
export function reportFailure(listeners: EventListeners | undefined, failed: FailedEvent, isExhausted: boolean): void {
  listeners?.emit('failed', failed);
  if (!isExhausted) return;
  tell('refresh_exhausted', `The retries of the token server "${failed.name}" begin again.`, failed.error);
  listeners?.emit('exhausted', failed);
}

/**
 * Tells that there is a token, whoever obtained it, and where attempts had failed before, of that too.
 * @param failures How many had failed in a row.
 */
export function reportToken(
  listeners: EventListeners | undefined,
  refreshed: RefreshedEvent,
  failures: number | undefined,
): void {
  listeners?.emit('refreshed', refreshed);
  if (failures === undefined) return;
  const { name } = refreshed;
  tell('refresh_recovered', `The token server "${name}" has a token again.`);
  listeners?.emit('recovered', { name, failures });
}

async function call<T>(listener: (event: T) => unknown, told: T): Promise<void> {
  try {
    await listener(told);
  } catch (error) {
    tell('hook_failed', 'A listener of a token server threw; the server goes on.', error);
  }
}
