import { Agent, request as open, type ClientRequest } from 'node:http';
import { Agent as SecureAgent, request as openSecure } from 'node:https';
import { expect, test } from 'vitest';
import { watchConnection } from '../../src/transport/connection-watch.js';
import { selfSigned } from '../contract/certificates.js';
import { startFaultyServer } from '../contract/faulty-server.js';

test('A new connection and a kept one are both told of, once', async () => {
  await using server = await startFaultyServer();
  const agent = new Agent({ keepAlive: true });

  const told = [
    await watched(open(`${server.url}/echo`, { agent }), false),
    await watched(open(`${server.url}/echo`, { agent }), false),
  ];
  agent.destroy();

  expect(told).toEqual([
    ['connected', 'answered'],
    ['connected', 'answered'],
  ]);
  expect(server.connections).toBe(1);
});

test('A secure connection stands when its handshake is over', async () => {
  const certificate = selfSigned();
  await using server = await startFaultyServer(certificate);
  const agent = new SecureAgent({ ca: certificate.cert });

  const trusted = await watched(openSecure(`${server.url}/echo`, { agent }), true);
  const untrusted = await watched(openSecure(`${server.url}/echo`), true);

  expect([trusted, untrusted]).toEqual([['connected', 'answered'], ['failed']]);
});

test("A proxy's refusal is told with its status, and its consent is not", async () => {
  await using server = await startFaultyServer();
  const request = open(`${server.url}/echo`);
  const running = watched(request, false);

  request.emit('proxyConnect', { statusCode: 403 });
  const consenting = open(`${server.url}/echo`);
  const consented = watched(consenting, false);
  consenting.emit('proxyConnect', { statusCode: 200 });

  expect(await running).toEqual(['refused 403', 'connected', 'answered']);
  expect(await consented).toEqual(['connected', 'answered']);
});

/** What the listener is told until the request is over. */
async function watched(request: ClientRequest, secure: boolean): Promise<string[]> {
  const told: string[] = [];
  watchConnection(request, secure, {
    connected: () => told.push('connected'),
    refused: (status) => told.push(`refused ${status}`),
  });
  await new Promise<void>((resolve) => {
    request.on('response', (answer) => {
      told.push('answered');
      answer.resume().on('end', resolve);
    });
    request.on('error', () => {
      told.push('failed');
      resolve();
    });
    request.end();
  });
  return told;
}
