/** Loads something on first use, and once, so that nobody pays for what they do not use. */
import { abandonable } from './abandonable.js';

/** Something that is loaded when it is first needed. */
export class FirstUse<T> {
  readonly #load: () => Promise<T>;
  #value: T | undefined;
  #loading: Promise<T> | undefined;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** What was loaded, where it has been: to be used without waiting. */
  get value(): T | undefined {
    return this.#value;
  }

  /**
   * Hands it to `run`: at once where it has been loaded.
   * @param signal Ends this caller's wait for what has to be loaded first; `run` is handed it all the same.
   */
  use<R>(run: (value: T) => Promise<R>, signal?: AbortSignal): Promise<R> {
    return this.#value === undefined ? abandonable(this.load().then(run), signal) : run(this.#value);
  }

  /** Gives what is loaded. Callers share one load; a failed one is forgotten, so that the next call tries again. */
  load(): Promise<T> {
    this.#loading ??= this.#load().then(
      (value) => {
        this.#value = value;
        return value;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
