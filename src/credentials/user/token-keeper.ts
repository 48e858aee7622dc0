/** Sees to it that new tokens are kept somewhere: tells a saver of each mint, and tries again until it has worked. */
import { fullJitterMs } from '../../base/backoff.js';
import { randomOf, type Cancel, type Clock } from '../../base/clock.js';
import { scheduleOn } from '../../base/schedule.js';
import { tell } from '../../tokens/events.js';
import type { TokenSet } from '../../tokens/token-set.js';
import { LatestCall, Silence } from './latest-call.js';
import { fileSaver, hookSaver, type Save, type TokenSaver } from './token-saver.js';
import type { UserKeepers } from './user-keepers.js';

/** A saver that is silent for longer is not waited for: callers need their token. */
const PATIENCE_MS = 10_000;
const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 60_000;
const RETRY_FLOOR_MS = 50;

/** Something to be kept. */
interface Delivery {
  readonly sequence: number;
  readonly save: Save;
}

/** One saver with what it still has to be told. */
export class TokenKeeper {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #saver: TokenSaver;
  readonly #calls: LatestCall;
  #latest: Delivery | undefined;
  #sequence = 0;
  #rotatedAt = 0;
  #savedAt = 0;
  #begun = 0;
  #awaited = 0;
  #unsaved = false;
  #failures = 0;
  #cancelRetry: Cancel | undefined;

  /** @param name How observers know the saver. */
  constructor(clock: Clock, name: string, saver: TokenSaver) {
    this.#clock = clock;
    this.#name = name;
    this.#saver = saver;
    this.#calls = new LatestCall(clock, (signal) => this.#begin(signal));
  }

  /** The file that the saver writes, where it writes one. */
  get path(): string | undefined {
    return this.#saver.path;
  }

  /** Whether the latest tokens are not known to be saved. */
  get unsaved(): boolean {
    return this.#unsaved;
  }

  /** Tells the saver of a mint. Never rejects, and takes ten seconds at most: a failed save is tried again in the background. */
  keep(tokens: TokenSet, rotated: boolean): Promise<void> {
    return this.#keep(this.#saver.tokens(tokens), rotated);
  }

  /**
   * Tells the saver of a refresh token that replaced the old one and came without a usable access token, as
   * {@link TokenKeeper.keep} does of a mint.
   * @param held The tokens in use, where there are any.
   */
  keepRefreshToken(refreshToken: string, held: TokenSet | undefined): Promise<void> {
    return this.#keep(this.#saver.refreshToken(refreshToken, held), true);
  }

  async #keep(save: Save, rotated: boolean): Promise<void> {
    this.#sequence += 1;
    const delivery = Object.freeze({ save, sequence: this.#sequence });
    if (rotated) this.#rotatedAt = this.#sequence;
    this.#latest = delivery;
    this.#cancelRetry?.();
    this.#awaited += 1;
    await this.#attempt(delivery);
    this.#awaited -= 1;
  }

  /** Resolves when the saver was told, in vain or not, or after ten seconds; what comes of it later counts all the same. */
  #attempt(delivery: Delivery): Promise<void> {
    return new Promise((resolve) => {
      const cancel = scheduleOn(this.#clock, PATIENCE_MS, () => {
        this.#missed(delivery, new Silence());
        resolve();
      });
      const failed = (error: unknown): void => {
        this.#failed(delivery, error);
      };
      void this.#calls
        .next()
        .catch(failed)
        .then(() => {
          cancel();
          resolve();
        });
    });
  }

  /** Tells the saver of the latest delivery. A rotation that was never taken is still news with a later one. */
  async #begin(signal: AbortSignal): Promise<void> {
    const delivery = this.#latest;
    if (delivery === undefined) return;
    this.#begun += 1;
    const mine = this.#begun;
    const details = Object.freeze({ rotated: this.#rotatedAt > this.#savedAt });
    await delivery.save(details, { signal, awaited: () => this.#awaited > 0 });
    this.#succeeded(delivery, mine === this.#begun);
  }

  #succeeded(delivery: Delivery, isLast: boolean): void {
    const latest = this.#latest;
    // A call that was given up and ends after all may have put its tokens in the place of newer ones.
    if (!isLast && latest !== undefined && latest !== delivery) {
      void this.#keep(latest.save, this.#rotatedAt > delivery.sequence);
      return;
    }
    this.#savedAt = delivery.sequence;
    if (delivery !== latest) return;
    if (this.#unsaved) tell('saved', `${this.#name} has the new tokens now.`);
    this.#unsaved = false;
    this.#failures = 0;
    this.#cancelRetry?.();
  }

  #missed(delivery: Delivery, error: unknown): void {
    if (delivery !== this.#latest) return;
    this.#unsaved = true;
    const what = 'did not take the new tokens; they are kept in memory and the save is tried again.';
    tell('save_failed', `${this.#name} ${what}`, error);
  }

  #failed(delivery: Delivery, error: unknown): void {
    if (delivery !== this.#latest) return;
    // That it was silent has been told long ago.
    if (!(error instanceof Silence)) this.#missed(delivery, error);
    const delayMs = fullJitterMs(this.#failures, {
      baseMs: RETRY_BASE_MS,
      capMs: RETRY_CAP_MS,
      floorMs: RETRY_FLOOR_MS,
      random: randomOf(this.#clock),
    });
    this.#failures += 1;
    this.#cancelRetry = scheduleOn(this.#clock, delayMs, () => {
      if (delivery === this.#latest) void this.#attempt(delivery);
    });
  }
}

/** The keepers, made with the first news: one for the file, one for the hook. */
export function keepersOf(keepers: UserKeepers): readonly TokenKeeper[] {
  keepers.made ??= madeOf(keepers);
  return keepers.made;
}

function madeOf({ file, onTokens, clock }: UserKeepers): readonly TokenKeeper[] {
  const keepers: TokenKeeper[] = [];
  if (file !== undefined) keepers.push(new TokenKeeper(clock, `The file ${file.path}`, fileSaver(file)));
  if (onTokens !== undefined) keepers.push(new TokenKeeper(clock, 'The onTokens hook', hookSaver(onTokens)));
  return Object.freeze(keepers);
}
