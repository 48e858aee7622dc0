/**
 * A process of its own with a token endpoint that does nothing but answer: what is measured is the client. It tells its parent where it
 * listens, and ends with it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const SERVE = '--serve';

/** A running endpoint. */
export interface PlainEndpoint extends Disposable {
  readonly tokenUri: string;
}

/** Starts the process. */
export async function startPlainEndpoint(): Promise<PlainEndpoint> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), [SERVE]);
  const [port] = (await once(child, 'message')) as [number];
  return { tokenUri: `http://127.0.0.1:${port}/token`, [Symbol.dispose]: () => child.kill() };
}

function serve(): void {
  const answer = {
    access_token: `ya29.${'a'.repeat(215)}`,
    expires_in: 3599,
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    token_type: 'Bearer',
  };
  const body = JSON.stringify(answer);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(body));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

if (argv.includes(SERVE)) serve();
