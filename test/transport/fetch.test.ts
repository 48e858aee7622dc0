import { expect, test, vi } from 'vitest';
import { fetchTransport, type FetchTransportOptions } from '../../src/transport/fetch-transport.js';
import { secretRequest, transportFailure } from '../contract/secrets.js';
import { transportContract } from '../contract/transport.js';

transportContract('fetchTransport', {
  make: (clock) => fetchTransport(clock === undefined ? {} : { clock }),
  // Node's fetch makes a second connection while the first one's answer is still being read out.
  maxConnections: 2,
});

test('The global fetch is looked up at each request', async () => {
  const transport = fetchTransport();
  const replaced = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('replaced'));

  const answer = await transport(secretRequest('https://example.com', '/token'));
  replaced.mockRestore();

  expect(answer.body).toBe('replaced');
});

test('A redirect that a browser hides is given as a redirect', async () => {
  const hidden = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
  const transport = fetchTransport({ fetch: () => Promise.resolve(hidden as unknown as Response) });

  const answer = await transport(secretRequest('https://example.com', '/token'));

  expect(answer).toMatchObject({ status: 302, body: '' });
});

test('F82 A fetch that throws before it gives a promise is a rejection like any other', async () => {
  const transport = fetchTransport({
    fetch: () => {
      throw Object.assign(new TypeError('secret-url'), { code: 'ECONNREFUSED' });
    },
  });

  const error = await transportFailure(transport(secretRequest('https://example.com', '/token')));

  expect(error).toMatchObject({ code: 'network_failed', sent: false });
});

test('A character that is split between two pieces of the body is read whole', async () => {
  const [first, second] = [Uint8Array.of(0x22, 0xc3), Uint8Array.of(0xbc, 0x22)];
  const body = new ReadableStream({
    start: (controller) => {
      for (const piece of [first, second]) controller.enqueue(piece);
      controller.close();
    },
  });

  const answer = await fetchTransport({ fetch: () => Promise.resolve(new Response(body)) })(
    secretRequest('https://example.com', '/token'),
  );

  expect(answer.body).toBe('"ü"');
});

test('Options spelt out as undefined are as if left out', async () => {
  const options: FetchTransportOptions = { fetch: undefined, clock: undefined };
  const replaced = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('replaced'));

  const answer = await fetchTransport(options)(secretRequest('https://example.com', '/token'));
  replaced.mockRestore();

  expect(answer.body).toBe('replaced');
});

test.each<[unknown, string]>([
  [null, '"options" must be an object'],
  [fetch, '"options" must be an object'],
  [{ fetch: 'https://example.com' }, '"fetch" must be a function'],
  [{ fetch: null }, '"fetch" must be a function'],
  [{ clock: null }, '"clock" must be a Clock, such as systemClock'],
  [{ clock: { now: (): number => 0 } }, '"clock" must have a method "monotonic"'],
])('F82 What is of the wrong type is refused by its name (%#)', (options, message) => {
  expect(() => fetchTransport(options as FetchTransportOptions)).toThrow(new TypeError(message));
});
