/** What the metadata server says of the machine: each value is asked for once, and remembered where it was answered. */

/** Values by name, with what is being asked for now. */
export class MetadataFacts {
  readonly #known = new Map<string, string>();
  readonly #asking = new Map<string, Promise<string>>();

  /** The value, where it is known. */
  get(name: string): string | undefined {
    return this.#known.get(name);
  }

  /** The value, asked for where it is not known; callers at once share one question. A failure is not remembered. */
  async learn(name: string, ask: () => Promise<string>): Promise<string> {
    return this.#known.get(name) ?? (await (this.#asking.get(name) ?? this.#start(name, ask)));
  }

  #start(name: string, ask: () => Promise<string>): Promise<string> {
    const asking = ask().then((value) => {
      this.#known.set(name, value);
      return value;
    });
    this.#asking.set(name, asking);
    const leave = (): void => {
      this.#asking.delete(name);
    };
    asking.then(leave, leave);
    return asking;
  }
}
