import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { manualClock } from 'credence/testing';
import { AccessToken, TokenSet, type HttpResponse, type Transport } from 'credence';
import { systemClock } from '../../src/base/clock.js';
import { flightTransport } from '../../src/credentials/flight-transport.js';
import { Flight } from '../../src/tokens/flight.js';

const answer = (status: number): HttpResponse => ({ status, headers: { get: () => null }, body: '' });
const REQUEST = { method: 'GET', url: 'https://example.com/' };

function failing(): { transport: Transport; attempts: () => number } {
  let attempts = 0;
  const transport: Transport = () => {
    attempts += 1;
    return Promise.resolve(answer(503));
  };
  return { transport, attempts: () => attempts };
}

it('tries three times while somebody waits', async () => {
  const clock = manualClock();
  const { transport, attempts } = failing();
  const flight = { signal: new AbortController().signal, deadlineAt: 30_000, awaited: true };
  const sending = flightTransport(transport, clock, flight)(REQUEST);

  await clock.advance(10_000);

  expect((await sending).status).toBe(503);
  expect(attempts()).toBe(3);
});

it('tries as often as it is told', async () => {
  const clock = manualClock();
  const { transport, attempts } = failing();
  const flight = { signal: new AbortController().signal, deadlineAt: 30_000, awaited: true };
  const sending = flightTransport(transport, clock, flight, 5)(REQUEST);

  await clock.advance(20_000);

  expect((await sending).status).toBe(503);
  expect(attempts()).toBe(5);
});

it('tries once while nobody waits: the hold-off spaces the attempts', async () => {
  const { transport, attempts } = failing();
  const flight = { signal: new AbortController().signal, deadlineAt: 30_000, awaited: false };

  const response = await flightTransport(transport, manualClock(), flight)(REQUEST);

  expect(response.status).toBe(503);
  expect(attempts()).toBe(1);
});

/** An endpoint that takes requests and never answers. */
async function silentEndpoint(): Promise<{
  url: string;
  arrival: Promise<unknown>;
  left: Promise<unknown>;
  count: () => number;
}> {
  let count = 0;
  const server = createServer(() => {
    count += 1;
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const arrival = once(server, 'request');
  const left = arrival.then(([request]: IncomingMessage[]) => once(request!.socket, 'close'));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    arrival,
    left,
    count: () => count,
  };
}

it('F55 aborts a request of the default transport when its caller does, with the caller’s reason', async () => {
  const { url, arrival, left, count } = await silentEndpoint();
  const caller = new AbortController();
  const clock = manualClock();
  const flight = { signal: caller.signal, deadlineAt: clock.monotonic() + 30_000, awaited: true };
  const sending = flightTransport(undefined, clock, flight)({ method: 'GET', url });

  await arrival;
  caller.abort('left');

  await expect(sending).rejects.toBe('left');
  await left;
  await clock.advance(30_000);
  expect(count()).toBe(1);
});

it('F55 lets no request out where the caller has aborted before', async () => {
  const { url, count } = await silentEndpoint();
  const clock = manualClock();
  const flight = { signal: AbortSignal.abort('left'), deadlineAt: clock.monotonic() + 30_000, awaited: true };

  await expect(flightTransport(undefined, clock, flight)({ method: 'GET', url })).rejects.toBe('left');

  expect(count()).toBe(0);
});

it('asks a flight that ends by its deadline alone for no signal', async () => {
  const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  const made = vi.spyOn(Flight.prototype, 'signal', 'get');
  onTestFinished(() => made.mockRestore());

  const flight = new Flight(systemClock, async (self) => {
    const { body } = await flightTransport(undefined, systemClock, self)({ method: 'GET', url });
    return new TokenSet({ accessToken: new AccessToken(`token-${body.length}`) });
  });

  expect((await flight.wait()).accessToken.value).toBe('token-2');
  expect(made).not.toHaveBeenCalled();
});
