/** A stream that can be sent again: it is sent as it comes, and what was sent is kept, up to 1 MiB. */
import { nextTurn } from '../base/clock.js';
import { bytesOf } from '../transport/answer.js';

/** What is larger is not held in memory: it is sent once. */
export const MAX_HELD_BYTES: number = 1024 * 1024;

/** For how many turns of the event loop nothing may come. Blobs give each part in the turn after the one before, since Node 24. */
const IDLE_TURNS = 8;

type Source = ReadableStreamDefaultReader<Uint8Array>;

/** One sending at a time reads on; with the next, the one before it ends. */
export class RecordedBody {
  readonly #source: Source;
  readonly #chunks = new Map<number, Uint8Array>();
  #count = 0;
  #size = 0;
  #played = 0;
  #hasEnded = false;
  #isOver = false;
  #reading: Promise<void> | undefined;
  /** The sending under way. */
  #sending: object | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Whether all of it can be sent, or sent again. */
  get isReplayable(): boolean {
    return this.#size <= MAX_HELD_BYTES && !this.#isOver;
  }

  /** The body for one sending: bytes, and so with a length, where all of it has come; else a stream. */
  next(): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
    if (this.#hasEnded && this.isReplayable) return this.#joined();
    const mine = {};
    this.#sending = mine;
    this.#played = 0;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const chunk = await this.#play(mine);
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel: async (reason) => {
        if (this.#sending === mine) await this.#left(reason);
      },
    });
  }

  /**
   * Reads what is there at once: texts, forms, bytes and blobs are. What has yet to come is not waited for.
   * @throws TypeError where it yields something else than bytes, and whatever its source fails with.
   */
  async readWhatIsThere(): Promise<void> {
    for (let idle = 0; idle < IDLE_TURNS && !this.#hasEnded && this.isReplayable;) {
      const before = this.#size;
      await Promise.race([this.#readOn(), nextTurn()]);
      idle = this.#size === before ? idle + 1 : 0;
    }
  }

  /** It is not sent again: a sending under way goes on, and nothing more is kept. */
  finish(): void {
    this.#isOver = true;
    this.#forgetPlayed();
    if (this.#sending === undefined) this.abandon();
  }

  /** It is sent no further. */
  abandon(reason?: unknown): void {
    this.#isOver = true;
    this.#sending = undefined;
    // Whether the source hears of it is of no interest.
    void this.#source.cancel(reason).catch(() => undefined);
  }

  async #play(sending: object): Promise<Uint8Array | undefined> {
    if (this.#played === this.#count && !this.#hasEnded) await this.#readOn();
    if (this.#sending !== sending) throw new TypeError('The body is sent elsewhere, or no more');
    const chunk = this.#chunks.get(this.#played);
    if (chunk !== undefined) this.#played += 1;
    if (!this.isReplayable) this.#forgetPlayed();
    return chunk;
  }

  /** One read at a time, whoever waits for it: a sending that ends meanwhile leaves the chunk to the next. */
  async #readOn(): Promise<void> {
    this.#reading ??= this.#read();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const part = await this.#source.read();
    if (part.done) this.#hasEnded = true;
    else this.#keep(bytesOf(part.value));
    // One that failed stays: it was the last.
    this.#reading = undefined;
  }

  #keep(chunk: Uint8Array | undefined): void {
    if (chunk === undefined) throw new TypeError('"input" must be a Request whose body yields bytes');
    this.#chunks.set(this.#count, chunk);
    this.#count += 1;
    this.#size += chunk.length;
  }

  #joined(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks.values()) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  /** Whoever sent it has broken off. The source is needed for as long as it may be sent again. */
  async #left(reason: unknown): Promise<void> {
    this.#sending = undefined;
    if (this.#isOver) await this.#source.cancel(reason);
  }

  #forgetPlayed(): void {
    for (const at of this.#chunks.keys()) if (at < this.#played) this.#chunks.delete(at);
  }
}
