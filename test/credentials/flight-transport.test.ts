import { expect, it } from 'vitest';
import { flightTransport } from '../../src/credentials/flight-transport.js';
import { manualClock } from 'credence/testing';
import type { HttpResponse, Transport } from 'credence';

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
