import { Gaxios } from 'gaxios';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { TransportError } from '../../src/errors.js';
import { gaxiosLikeTransport } from '../../src/transport/gaxios-like.js';
import type { GaxiosLike } from '../../src/transport/transport.js';
import { startConnectProxy } from '../contract/connect-proxy.js';
import { startFaultyServer } from '../contract/faulty-server.js';
import { rejection, secretRequest, transportFailure } from '../contract/secrets.js';
afterEach(() => vi.unstubAllEnvs());

const REQUEST = secretRequest('https://example.com', '/token');

const RETRYING_DEFAULTS = {
  retry: true,
  retryConfig: {
    retry: 5,
    retryDelay: 1,
    httpMethodsToRetry: ['POST'],
    statusCodesToRetry: [[400, 599]],
    noResponseRetries: 5,
  },
  validateStatus: (status: number): boolean => status === 200,
  responseType: 'json' as const,
  maxRedirects: 9,
};

describe('A Gaxios with defaults of its own', () => {
  test.each(['status/503', 'status/307', 'reset'])(
    'neither retries, follows nor judges: /%s is asked for once',
    async (path) => {
      await using server = await startFaultyServer();
      const transport = gaxiosLikeTransport(new Gaxios(RETRYING_DEFAULTS), systemClock);

      const outcome = await transport(secretRequest(server.url, `/${path}`)).catch((error: unknown) => error);

      expect(server.seen).toHaveLength(1);
      expect(outcome).toMatchObject(
        path === 'reset' ? { code: 'network_failed', sent: true } : { status: Number(path.slice(7)) },
      );
    },
  );

  test('keeps its own headers and interceptors', async () => {
    await using server = await startFaultyServer();
    const gaxios = new Gaxios({ headers: { 'x-own': 'kept' } });
    gaxios.interceptors.request.add({
      resolved: (options) => {
        options.headers.set('x-seen', 'yes');
        return Promise.resolve(options);
      },
    });

    await gaxiosLikeTransport(gaxios, systemClock)(secretRequest(server.url, '/echo'));

    expect(server.seen[0]?.headers).toMatchObject({
      'x-own': 'kept',
      'x-seen': 'yes',
      authorization: 'Bearer secret-bearer',
    });
  });

  test('goes past the proxy of the environment where the request says so', async () => {
    await using server = await startFaultyServer();
    await using proxy = await startConnectProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);

    await gaxiosLikeTransport(new Gaxios(), systemClock)(secretRequest(server.url, '/echo', { proxy: false }));

    expect([server.seen.length, proxy.targets.length]).toEqual([1, 0]);
  });
});

describe('Answers of clients that are like a Gaxios', () => {
  test.each([
    ['text', 'a "text"', 'a "text"'],
    ['a Buffer', Buffer.from('ü'), 'ü'],
    ['an ArrayBuffer', new TextEncoder().encode('ü').buffer, 'ü'],
    ['a parsed object', { error: 'told' }, '{"error":"told"}'],
    ['nothing', undefined, ''],
  ])('have their body read from %s', async (_what, data, expected) => {
    const answer = await gaxiosLikeTransport(answering({ status: 200, headers: {}, data }), systemClock)(REQUEST);

    expect(answer.body).toBe(expected);
  });

  test.each([
    ['a plain object', { 'Retry-After': '7', 'set-cookie': ['a', 'b'], age: 3 }],
    [
      'a Map',
      new Map<string, unknown>([
        ['retry-after', '7'],
        ['set-cookie', 'a, b'],
        ['age', 3],
      ]),
    ],
    [
      'a Headers',
      new Headers([
        ['Retry-After', '7'],
        ['set-cookie', 'a'],
        ['set-cookie', 'b'],
        ['age', '3'],
      ]),
    ],
  ])('have their headers read from %s, in any case', async (_what, headers) => {
    const answer = await gaxiosLikeTransport(answering({ status: 200, headers, data: '' }), systemClock)(REQUEST);

    expect(
      ['RETRY-AFTER', 'retry-after', 'set-cookie', 'Age', 'absent'].map((name) => answer.headers.get(name)),
    ).toEqual(['7', '7', 'a, b', '3', null]);
  });

  test('are found on the error of a client that throws for a status whatever it is told', async () => {
    const thrown = Object.assign(new Error('secret-message'), {
      response: { status: 400, headers: {}, data: '{"error":"invalid_grant"}' },
    });

    const answer = await gaxiosLikeTransport({ request: () => Promise.reject(thrown) }, systemClock)(REQUEST);

    expect(answer).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
  });

  test.each([[undefined], [{}], [{ status: 'secret-status', headers: {}, data: '' }]])(
    'F82 that are none are refused: %j',
    async (given) => {
      const error = await transportFailure(gaxiosLikeTransport(answering(given), systemClock)(REQUEST));

      expect(error).toMatchObject({ code: 'transport_failed', retryable: false });
    },
  );
});

describe('Errors of clients that are like a Gaxios', () => {
  test('that wrap a TransportError give it back', async () => {
    const inner = new TransportError('dns_failed', 'No address.', { retryable: true });
    const thrown = Object.assign(new Error('outer'), { cause: inner, config: { data: 'secret-body' } });

    const error = await rejection(gaxiosLikeTransport({ request: () => Promise.reject(thrown) }, systemClock)(REQUEST));

    expect(error).toBe(inner);
  });

  test('F78 that wrap a TransportError with a secret of the request in it give back one without', async () => {
    const inner = new TransportError('timed_out', 'No answer to refresh_token=secret-body.', { sent: true });
    const thrown = Object.assign(new Error('outer'), { cause: inner });

    const error = await transportFailure(
      gaxiosLikeTransport({ request: () => Promise.reject(thrown) }, systemClock)(REQUEST),
    );

    expect(error).toMatchObject({ code: 'timed_out', sent: true });
  });

  test('that come of a timeout of its own are timeouts', async () => {
    const thrown = Object.assign(new Error('secret-url was aborted'), {
      cause: new DOMException('aborted', 'AbortError'),
    });

    const error = await transportFailure(
      gaxiosLikeTransport({ request: () => Promise.reject(thrown) }, systemClock)(REQUEST),
    );

    expect(error).toMatchObject({ code: 'timed_out', sent: true });
  });
});

function answering(response: unknown): GaxiosLike {
  return { request: () => Promise.resolve(response as never) };
}
