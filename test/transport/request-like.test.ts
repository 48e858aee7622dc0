import { inspect } from 'node:util';
import { Gaxios } from 'gaxios';
import { describe, expect, test } from 'vitest';
import { RefreshError, TransportError } from '../../src/errors.js';
import { toTransport } from '../../src/transport/request-like.js';
import type { HttpResponse, RequestLike } from '../../src/transport/transport.js';
import { rejection, secretRequest, transportFailure } from '../contract/secrets.js';
import { transportContract } from '../contract/transport.js';

transportContract('toTransport(new Gaxios())', {
  make: (clock) => toTransport(new Gaxios(), clock === undefined ? {} : { clock }),
});

const REQUEST = secretRequest('https://example.com', '/token');
const ANSWER: HttpResponse = { status: 200, headers: new Headers({ 'x-answer': 'yes' }), body: 'text' };

describe('A transport function', () => {
  test('is asked once with the request as it is, and its answer is copied', async () => {
    const asked: unknown[] = [];
    const transport = toTransport((request) => {
      asked.push(request);
      return Promise.resolve({ ...ANSWER, config: 'secret-config' });
    });

    const answer = await transport(REQUEST);

    expect(asked).toEqual([REQUEST]);
    expect(asked[0]).toBe(REQUEST);
    expect(Object.keys(answer)).toEqual(['status', 'headers', 'body']);
    expect([answer.status, answer.headers.get('X-Answer'), answer.body]).toEqual([200, 'yes', 'text']);
  });

  test.each([
    ['nothing', undefined, 'a value of type undefined'],
    ['null', null, 'null'],
    ['text', 'secret-answer', 'a value of type string'],
    ['a status in words', { ...ANSWER, status: '200' }, '"status"'],
    ['a status that is none', { ...ANSWER, status: 42 }, '"status"'],
    ['headers that cannot be read', { ...ANSWER, headers: { 'x-answer': 'yes' } }, '"headers"'],
    ['a body that was parsed', { ...ANSWER, body: { access_token: 'secret-token' } }, '"body"'],
    ['a Response of fetch', new Response('secret-body'), '"body"'],
  ])('F82 that gives %s is refused by name', async (_what, given, named) => {
    const error = await transportFailure(toTransport(() => Promise.resolve(given as HttpResponse))(REQUEST));

    expect(error).toMatchObject({ code: 'transport_failed', retryable: false, sent: true });
    expect(error.message).toContain('"request"');
    expect(error.message).toContain(named);
  });

  test('F82 whose properties throw is refused', async () => {
    const hostile = {
      get status(): number {
        throw new Error('secret-getter');
      },
      headers: ANSWER.headers,
      body: '',
    };

    const error = await transportFailure(toTransport(() => Promise.resolve(hostile))(REQUEST));

    expect(error.code).toBe('transport_failed');
  });

  test.each([
    [
      'an error of an HTTP client',
      Object.assign(new Error('secret-url'), { name: 'AxiosError', config: { data: 'secret-body' } }),
      'AxiosError',
    ],
    ['an error with a secret for a name', Object.assign(new Error('x'), { name: 'secret-name of it' }), 'an Error'],
    ['a string', 'secret-string', 'a value of type string'],
    ['nothing', undefined, 'a value of type undefined'],
    ['a wrong argument', Object.assign(new TypeError('secret-value'), { code: 'ERR_INVALID_ARG_TYPE' }), 'TypeError'],
  ])('F82 that throws %s fails with an error that names the transport', async (_what, thrown, named) => {
    const error = await transportFailure(toTransport(() => Promise.reject(thrown))(REQUEST));

    expect(error).toMatchObject({ code: 'transport_failed', retryable: true, sent: true });
    expect(error).not.toHaveProperty('cause');
    expect(error.message).toContain(`"request" threw ${named}`);
  });

  test('F82 that throws before it gives a promise fails in the same way', async () => {
    const error = await transportFailure(
      toTransport(() => {
        throw new Error('secret-synchronous');
      })(REQUEST),
    );

    expect(error.code).toBe('transport_failed');
  });

  test('that throws a system error, however deep, fails as that error says', async () => {
    const system = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: '127.0.0.1',
      port: 9,
    });
    const thrown = Object.assign(new TypeError('fetch failed: secret-url'), { cause: system });

    const error = await transportFailure(toTransport(() => Promise.reject(thrown))(REQUEST));

    expect(error).toMatchObject({
      code: 'network_failed',
      sent: false,
      retryable: true,
      cause: { code: 'ECONNREFUSED', port: 9 },
    });
  });

  test.each([
    ['TransportError', new TransportError('timed_out', 'Too slow.', { sent: false })],
    ['RefreshError', new RefreshError('rate_limited', 'Too often.')],
  ])('that throws a %s is believed', async (_name, thrown) => {
    const error = await rejection(toTransport(() => Promise.reject(thrown))(REQUEST));

    expect(error).toBe(thrown);
  });

  test.each([
    ['in its message', new TransportError('timed_out', 'POST refresh_token=secret-body', { sent: true })],
    ['in disguise', new TransportError('timed_out', `POST ${btoa('refresh_token=secret-body')}`, { sent: true })],
    [
      'in its cause',
      new TransportError('timed_out', 'Too slow.', {
        sent: true,
        cause: Object.assign(new Error('x'), { code: 'E1', config: { data: 'secret-body' } }),
      }),
    ],
  ])(
    'F78 that throws a TransportError with a secret of the request %s is believed without it',
    async (_where, thrown) => {
      const error = await transportFailure(toTransport(() => Promise.reject(thrown))(REQUEST));

      expect(error).not.toBe(thrown);
      expect(error).toMatchObject({ code: 'timed_out', sent: true, retryable: false });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('c2VjcmV0');
    },
  );

  test("F55 that throws anything at all after an abort rejects with the signal's own reason", async () => {
    const controller = new AbortController();
    const transport = toTransport(() => {
      controller.abort('left');
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });

    const error = await rejection(transport({ ...REQUEST, signal: controller.signal }));

    expect(error).toBe('left');
  });

  test('F55 is not asked after an abort', async () => {
    const transport = toTransport(() => expect.unreachable('It was asked.'));

    const error = await rejection(transport({ ...REQUEST, signal: AbortSignal.abort('left') }));

    expect(error).toBe('left');
  });

  test('F16 that gives more than 1 MiB is refused, counted in bytes', async () => {
    const transport = toTransport(() => Promise.resolve({ ...ANSWER, body: 'ü'.repeat(524_289) }));

    const error = await transportFailure(transport(REQUEST));

    expect(error.code).toBe('body_too_large');
  });
});

test.each([[undefined], [null], ['https://example.com'], [{}], [{ request: 'POST' }]])('%j is no request', (value) => {
  expect(() => toTransport(value as unknown as RequestLike)).toThrow(
    new TypeError('"request" must be a transport function or an object with a "request" method, such as a Gaxios'),
  );
});
