import http, { Agent } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { manualClock } from '../../src/testing/clock/manual-clock.js';
import { nodeHttpClient } from '../../src/transport/node-http.js';
import { selfSigned } from '../contract/certificates.js';
import { startFaultyServer } from '../contract/faulty-server.js';
import { secretRequest, transportFailure } from '../contract/secrets.js';

const send = nodeHttpClient({ clock: systemClock, connectTimeoutMs: 5_000 });

test('F5 A connection that is never ready is given up after its own deadline, as a request that was not sent', async () => {
  await using silent = await startSilentServer();
  const clock = manualClock();

  const failure = transportFailure(
    nodeHttpClient({ clock, connectTimeoutMs: 5_000 })(secretRequest(`https://127.0.0.1:${silent.port}`, '/echo')),
  );
  const socket = await silent.connection;
  await clock.advance(5_000);

  expect(await failure).toMatchObject({ code: 'timed_out', sent: false, retryable: true });
  expect((await failure).message).toContain('5000 ms');
  await new Promise((resolve) => socket.once('close', resolve).resume());
  expect(clock.pending).toBe(0);
});

test('F5 A timeout shorter than the connect deadline holds while connecting, and nothing was sent', async () => {
  await using silent = await startSilentServer();
  const clock = manualClock();

  const failure = transportFailure(
    nodeHttpClient({ clock, connectTimeoutMs: 5_000 })(
      secretRequest(`https://127.0.0.1:${silent.port}`, '/echo', { timeoutMs: 100 }),
    ),
  );
  await silent.connection;
  await clock.advance(100);

  expect(await failure).toMatchObject({ code: 'timed_out', sent: false });
});

test('F8 A secure connection that is closed before it is ready is a failure of a request that was not sent', async () => {
  await using silent = await startSilentServer();

  const failure = transportFailure(send(secretRequest(`https://127.0.0.1:${silent.port}`, '/echo')));
  (await silent.connection).destroy();

  expect(await failure).toMatchObject({ code: 'network_failed', sent: false });
});

test('F8 A kept connection that breaks has sent its request', async () => {
  await using server = await startFaultyServer();
  const client = nodeHttpClient({ clock: systemClock, connectTimeoutMs: 5_000 });

  await client(secretRequest(server.url, '/echo'));
  const error = await transportFailure(client(secretRequest(server.url, '/reset')));

  expect(error).toMatchObject({ code: 'network_failed', sent: true });
  expect(server.connections).toBe(1);
});

test('No timer is left when the answer is read', async () => {
  await using server = await startFaultyServer();
  const clock = manualClock();

  await nodeHttpClient({ clock, connectTimeoutMs: 5_000 })(secretRequest(server.url, '/echo'));

  expect(clock.pending).toBe(0);
});

test('Only a connection that has to be made is given a deadline', async () => {
  await using server = await startFaultyServer();
  const clock = manualClock();
  const client = nodeHttpClient({ clock, connectTimeoutMs: 5_000 });

  const first = client(secretRequest(server.url, '/echo'));
  const timersOfFirst = clock.pending;
  await first;
  const second = client(secretRequest(server.url, '/echo'));
  const timersOfSecond = clock.pending;
  await second;

  expect([timersOfFirst, timersOfSecond, server.connections]).toEqual([2, 1, 1]);
});

test('User and password of a URL become an authorization header', async () => {
  await using server = await startFaultyServer();
  const url = server.url.replace('//', '//user:pass%20word@');

  await send({ method: 'GET', url: `${url}/echo` });

  expect(server.seen[0]?.headers['authorization']).toBe(`Basic ${btoa('user:pass word')}`);
});

test('Whoever wraps http.request sees headers that can be added to by name, and a copy of ours', async () => {
  await using server = await startFaultyServer();
  const seen = vi.spyOn(http, 'request');
  onTestFinished(() => seen.mockRestore());
  const headers = Object.freeze({ accept: 'text/plain' });

  await send({ method: 'POST', url: `${server.url}/echo`, headers, body: 'a=b' });

  const [settings] = seen.mock.calls[0] as unknown as [http.RequestOptions];
  expect(settings.headers).toEqual({ accept: 'text/plain' });
  expect(Object.isFrozen(settings.headers)).toBe(false);
});

test('Requests side by side have a connection each, and these are used again', async () => {
  await using server = await startFaultyServer();
  const client = nodeHttpClient({ clock: systemClock, connectTimeoutMs: 5_000 });
  const burst = async (): Promise<unknown> =>
    await Promise.all(Array.from({ length: 4 }, () => client(secretRequest(server.url, '/echo'))));

  await burst();
  await burst();

  expect([server.seen.length, server.connections]).toEqual([8, 4]);
});

test('F9 A body that is packed only in part is a broken answer', async () => {
  await using server = await startFaultyServer();

  const error = await transportFailure(send(secretRequest(server.url, '/halfgzip')));

  expect(error).toMatchObject({ code: 'network_failed', sent: true, retryable: true, cause: { code: 'Z_BUF_ERROR' } });
});

test('An empty answer that says it is packed is empty', async () => {
  await using server = await startFaultyServer();

  const answer = await send(secretRequest(server.url, '/nogzip'));

  expect([answer.status, answer.body]).toEqual([204, '']);
});

test('Repeated headers are joined', async () => {
  await using server = await startFaultyServer();

  const answer = await send(secretRequest(server.url, '/cookies'));

  expect(answer.headers.get('Set-Cookie')).toBe('a=1, b=2');
});

test('A client certificate that is none is refused without being told', async () => {
  const client = nodeHttpClient({
    clock: systemClock,
    connectTimeoutMs: 5_000,
    cert: 'secret-cert',
    key: 'secret-key',
  });

  const error = await transportFailure(client(secretRequest('https://127.0.0.1:9', '/echo')));

  expect(error).toMatchObject({ sent: false, retryable: false });
});

test('A socket that an agent hands over connected counts as a request that was sent', async () => {
  await using server = await startFaultyServer();
  const agent = new Agent({ keepAlive: true });
  await send(secretRequest(server.url, '/echo'), agent);

  const error = await transportFailure(send(secretRequest(server.url, '/reset'), agent));
  agent.destroy();

  expect(error.sent).toBe(true);
});

test('F7 An expired certificate is named as such', async () => {
  const certificate = selfSigned('IP:127.0.0.1', -1);
  await using server = await startFaultyServer(certificate);
  const { Agent: SecureAgent } = await import('node:https');
  const agent = new SecureAgent({ ca: certificate.cert });

  const error = await transportFailure(send(secretRequest(server.url, '/echo'), agent));

  expect(error).toMatchObject({ code: 'tls_failed', retryable: false, cause: { code: 'CERT_HAS_EXPIRED' } });
  expect(error.message).toContain('has expired');
});

/** Accepts connections and says nothing. */
async function startSilentServer(): Promise<
  AsyncDisposable & { readonly port: number; readonly connection: Promise<Socket> }
> {
  const sockets: Socket[] = [];
  const server = createServer();
  const connection = new Promise<Socket>((resolve) => server.once('connection', resolve));
  server.on('connection', (socket) => sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connection,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
