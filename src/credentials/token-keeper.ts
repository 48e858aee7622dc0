/** Sees to it that new tokens are kept somewhere: tells a saver of each mint, and tries again until it has worked. */
import { fullJitterMs } from '../base/backoff.js';
import { randomOf, type Cancel, type Clock } from '../base/clock.js';
import { tell } from '../tokens/events.js';
import type { TokenSet } from '../tokens/token-set.js';
import type { TokensListener, UserCredentialsRecord } from './user-options.js';

/** A saver that is silent for longer is not waited for: callers need their token. */
const PATIENCE_MS = 10_000;
const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 60_000;
const RETRY_FLOOR_MS = 50;

const NONE: readonly TokenKeeper[] = Object.freeze([]);

interface Delivery {
  readonly tokens: TokenSet;
  readonly rotated: boolean;
}

/** One saver with what it still has to be told. */
export class TokenKeeper {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #save: TokensListener;
  #latest: Delivery | undefined;
  #tail: Promise<void> = Promise.resolve();
  #failures = 0;
  #cancelRetry: Cancel | undefined;

  /** @param name How observers know the saver. */
  constructor(clock: Clock, name: string, save: TokensListener) {
    this.#clock = clock;
    this.#name = name;
    this.#save = save;
  }

  /** Whether the latest tokens are not known to be saved. */
  get unsaved(): boolean {
    return this.#failures > 0;
  }

  /** Tells the saver of a mint. Never rejects, and takes ten seconds at most: a failed save is tried again in the background. */
  keep(tokens: TokenSet, rotated: boolean): Promise<void> {
    // A rotation that was never saved is still news when a later mint supersedes it.
    const stillRotated = rotated || (this.unsaved && this.#latest?.rotated === true);
    const delivery = Object.freeze({ tokens, rotated: stillRotated });
    this.#latest = delivery;
    this.#cancelRetry?.();
    return this.#enqueue(delivery);
  }

  /** One delivery at a time, so that an older one never overtakes a newer. */
  #enqueue(delivery: Delivery): Promise<void> {
    this.#tail = this.#tail.then(() => this.#deliver(delivery));
    return this.#tail;
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const saving = Promise.resolve().then(() =>
      this.#save(delivery.tokens, Object.freeze({ rotated: delivery.rotated })),
    );
    try {
      await this.#withPatience(saving);
      this.#succeeded(delivery);
    } catch (error) {
      if (error instanceof Silence)
        saving.then(() => {
          this.#succeeded(delivery);
        }, ignoreLate);
      this.#failed(delivery, error);
    }
  }

  #withPatience(saving: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.schedule(PATIENCE_MS, () => {
        reject(new Silence());
      });
      saving.then(resolve, reject).finally(cancel);
    });
  }

  #succeeded(delivery: Delivery): void {
    if (delivery !== this.#latest) return;
    if (this.#failures > 0) tell('saved', `${this.#name} has the new tokens now.`);
    this.#failures = 0;
    this.#cancelRetry?.();
  }

  #failed(delivery: Delivery, error: unknown): void {
    if (delivery !== this.#latest) return;
    tell(
      'save_failed',
      `${this.#name} did not take the new tokens; they are kept in memory and the save is tried again.`,
      error,
    );
    const delayMs = fullJitterMs(this.#failures, {
      baseMs: RETRY_BASE_MS,
      capMs: RETRY_CAP_MS,
      floorMs: RETRY_FLOOR_MS,
      random: randomOf(this.#clock),
    });
    this.#failures += 1;
    this.#cancelRetry = this.#clock.schedule(delayMs, () => {
      if (delivery === this.#latest) void this.#enqueue(delivery);
    });
  }
}

/** The keepers that a user's options call for: one for the file, one for the hook. */
export function keepersOf(options: UserCredentialsRecord, clock: Clock): readonly TokenKeeper[] {
  const { file, onTokens } = options;
  const keepers: TokenKeeper[] = [];
  if (file?.saves === true)
    keepers.push(new TokenKeeper(clock, `The file ${file.path}`, (tokens) => file.save(tokens)));
  if (onTokens !== undefined) keepers.push(new TokenKeeper(clock, 'The onTokens hook', onTokens));
  return keepers.length === 0 ? NONE : Object.freeze(keepers);
}

/** The saver did not settle in time. */
class Silence extends Error {
  override readonly name = 'Silence';
}

/** The failure of a save that was given up before has been told already. */
function ignoreLate(): void {
  // Nothing is left to do.
}
