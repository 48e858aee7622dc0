/** An HTTP server on the loopback interface whose port can be closed and opened again. */
import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';

const HOST = '127.0.0.1';

/** So that a test's pauses do not race with the server over a kept connection. */
const KEEP_ALIVE_MS = 60_000;

/** What a {@link LoopbackServer} reports. */
export interface LoopbackListeners {
  readonly onRequest: RequestListener;
  readonly onConnection: () => void;
}

/** A running server. */
export class LoopbackServer {
  readonly #server: Server;
  #port: number = 0;
  #lastChange: Promise<void> = Promise.resolve();

  private constructor({ onRequest, onConnection }: LoopbackListeners) {
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, onRequest);
    this.#server.on('connection', onConnection);
  }

  /** Starts a server on a free port. */
  static async start(listeners: LoopbackListeners): Promise<LoopbackServer> {
    const server = new LoopbackServer(listeners);
    await server.open();
    return server;
  }

  /** Where it listens, such as `http://127.0.0.1:40123`; the same after every {@link LoopbackServer.open}. */
  get origin(): string {
    return `http://${HOST}:${String(this.#port)}`;
  }

  /** Listens, unless it does already; the second time on the same port as the first. */
  open(): Promise<void> {
    return this.#afterLastChange(() => this.#listen());
  }

  /** Refuses connections and destroys those that are open, whatever they wait for. */
  close(): Promise<void> {
    return this.#afterLastChange(() => this.#stop());
  }

  /** An `open` and a `close` made at once must not overtake one another. */
  #afterLastChange(change: () => Promise<void>): Promise<void> {
    const mine = this.#lastChange.then(change);
    this.#lastChange = mine.catch(() => undefined);
    return mine;
  }

  async #listen(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, HOST);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  async #stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
