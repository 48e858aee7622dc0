import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { LoopbackServer } from '../../../src/testing/http/loopback-server.js';

async function aServer(): Promise<{ server: LoopbackServer; connections: () => number }> {
  let connections = 0;
  const server = await LoopbackServer.start({
    onRequest: (_message, response) => {
      response.end('here');
    },
    onConnection: () => {
      connections += 1;
    },
  });
  onTestFinished(() => server.close());
  return { server, connections: () => connections };
}

test('closes and opens on the same port', async () => {
  const { server } = await aServer();
  const { origin } = server;

  await server.close();
  await expect(fetch(origin)).rejects.toThrow();
  await server.open();

  expect(server.origin).toBe(origin);
  expect(await (await fetch(origin)).text()).toBe('here');
});

test('destroys open connections when it closes, those included that never sent anything', async () => {
  const { server, connections } = await aServer();
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  while (connections() === 0) await new Promise(setImmediate);
  const closed = once(socket, 'close');

  await server.close();

  await closed;
  expect(socket.destroyed).toBe(true);
});

test('takes openings and closings in the order in which they are asked for', async () => {
  const { server } = await aServer();

  await Promise.all([server.close(), server.open(), server.close(), server.close(), server.open(), server.open()]);

  expect((await fetch(server.origin)).status).toBe(200);
});
