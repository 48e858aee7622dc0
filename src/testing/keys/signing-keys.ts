/** The keys with which an emulator signs ID tokens: the current one, and those that it still publishes. */
import type { SigningKey } from './signing-key.js';
import { makeSigningKey } from './signing-key.js';

let firstKey: Promise<SigningKey> | undefined;

/** The keys of one emulator. */
export class SigningKeys {
  #published: readonly SigningKey[] = [];

  /** The keys that are published by now, the current one first; empty where nobody has needed one. */
  get published(): readonly SigningKey[] {
    return this.#published;
  }

  /** The key that signs, made when it is first needed. */
  async current(): Promise<SigningKey> {
    // Making a key takes a tenth of a second, so that the emulators of a process begin with the same one.
    const first = await (firstKey ??= makeSigningKey('RS256'));
    if (this.#published.length === 0) this.#published = [first];
    return this.#published[0] ?? first;
  }

  /** Signs with a new key from now on. The key before it stays published if `keep` says so; those before that do not. */
  async rotate(keep: boolean): Promise<SigningKey> {
    const previous = await this.current();
    const fresh = await makeSigningKey('RS256');
    this.#published = keep ? [fresh, previous] : [fresh];
    return fresh;
  }
}
