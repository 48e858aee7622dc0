/** A real server on loopback that answers well, badly, or not at all, and tells what it saw. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Certificate } from './certificates.js';

/** One request, as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface FaultyServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Connections made so far. */
  readonly connections: number;
  /** Resolves when the next request has arrived whole; `closed` then resolves when its connection is closed. */
  arrival(): Promise<{ readonly closed: Promise<unknown> }>;
}

/** Where nobody listens. A port that was just closed may be anybody's; this one the system gives to nobody. */
export const NOBODY: string = '127.0.0.1:2';

type Route = (request: SeenRequest, response: ServerResponse) => void;

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));

const ROUTES: Readonly<Record<string, Route>> = {
  echo: (request, response) => response.setHeader('x-answer', 'yes').end(JSON.stringify(request)),
  status: (request, response) =>
    response
      .writeHead(Number(request.path.split('/')[2]?.split('?')[0]), { location: '/echo', 'retry-after': '7' })
      .end('{"error":"told"}'),
  cookies: (_request, response) => response.setHeader('set-cookie', ['a=1', 'b=2']).end(),
  hang: () => undefined,
  drip: (_request, response) => {
    response.writeHead(200).write('{');
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => clearInterval(timer));
  },
  reset: (_request, response) => response.socket?.resetAndDestroy(),
  truncated: (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"access_token":"secret-answer');
    setImmediate(() => response.socket?.destroy());
  },
  endless: (_request, response) => {
    response.writeHead(200);
    const pour = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour);
    pour();
  },
  // The end is held back, so that only a client that stops early closes the connection.
  bomb: (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).write(BOMB.subarray(0, -8)),
  full: (_request, response) => response.end('x'.repeat(1_048_576)),
  gzip: (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"packed":"gzip ü"}')),
  deflate: (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateSync('{"packed":"deflate"}')),
  br: (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('{"packed":"br"}')),
  halfgzip: (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(999)).subarray(0, 20)),
  emptygzip: (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '0' }).end(),
  nogzip: (_request, response) => response.writeHead(204, { 'content-encoding': 'gzip' }).end(),
};

/** Starts it; over TLS where a certificate is given. */
export async function startFaultyServer(certificate?: Certificate, tls: object = {}): Promise<FaultyServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const waiting: ((arrival: { readonly closed: Promise<unknown> }) => void)[] = [];
  let connections = 0;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const closed = new Promise((resolve) => request.socket.once('close', resolve));
    void read(request).then((arrived) => {
      seen.push(arrived);
      ROUTES[arrived.path.split(/[/?]/)[1] ?? '']?.(arrived, response);
      for (const tell of waiting.splice(0)) tell({ closed });
    });
  };
  const server: Server =
    certificate === undefined ? createServer(listener) : createSecureServer({ ...certificate, ...tls }, listener);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    seen,
    get connections() {
      return connections;
    },
    arrival: () => new Promise((resolve) => waiting.push(resolve)),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}
