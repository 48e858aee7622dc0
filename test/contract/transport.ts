/** What every transport promises, whatever client it stands on. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../src/base/clock.js';
import { manualClock } from '../../src/testing/clock/manual-clock.js';
import type { Transport } from '../../src/transport/transport.js';
import { selfSigned } from './certificates.js';
import { NOBODY, startFaultyServer } from './faulty-server.js';
import { rejection, secretRequest, transportFailure } from './secrets.js';

export interface TransportContractOptions {
  /** Makes a transport of the kind under test. */
  readonly make: (clock?: Clock) => Transport;
  /**
   * How many connections requests one after the other may take.
   * @default 1
   */
  readonly maxConnections?: number;
}

const TIMEOUT_MS = 8_000;

/** Declares the tests. */
export function transportContract(name: string, { make, maxConnections = 1 }: TransportContractOptions): void {
  describe(`${name} keeps the transport contract`, () => {
    afterEach(() => vi.unstubAllEnvs());

    test('Method, headers, query and body arrive intact, and the answer comes back whole', async () => {
      await using server = await startFaultyServer();

      const answer = await make()(secretRequest(server.url, '/echo', { method: 'PUT', body: 'ümläut=%20+&' }));

      const [seen] = server.seen;
      expect(seen).toMatchObject({ method: 'PUT', path: '/echo/secret-path?key=secret-query', body: 'ümläut=%20+&' });
      expect(seen?.headers).toMatchObject({
        authorization: 'Bearer secret-bearer',
        'content-type': 'application/x-www-form-urlencoded',
      });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual(seen);
      expect([
        answer.headers.get('X-Answer'),
        answer.headers.get('x-answer'),
        answer.headers.get('constructor'),
      ]).toEqual(['yes', 'yes', null]);
    });

    test('A GET has no body', async () => {
      await using server = await startFaultyServer();

      await make()(Object.freeze({ method: 'GET', url: `${server.url}/echo` }));

      expect(server.seen[0]).toMatchObject({ method: 'GET', body: '' });
      expect(server.seen[0]?.headers).not.toHaveProperty('transfer-encoding');
    });

    test.each([200, 204, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504])(
      'Status %i is an answer and is asked for once',
      async (status) => {
        await using server = await startFaultyServer();

        const answer = await make()(secretRequest(server.url, `/status/${status}`));

        expect(answer.status).toBe(status);
        expect(answer.headers.get('retry-after')).toBe('7');
        expect(answer.body).toBe(status === 204 ? '' : '{"error":"told"}');
        expect(server.seen).toHaveLength(1);
      },
    );

    test.each([301, 302, 303, 307, 308])('F15 A redirect with status %i is not followed', async (status) => {
      await using server = await startFaultyServer();

      const answer = await make()(secretRequest(server.url, `/status/${status}`));

      expect([answer.status, answer.headers.get('location')]).toEqual([status, '/echo']);
      expect(server.seen).toHaveLength(1);
    });

    test('A body of exactly 1 MiB is read', async () => {
      await using server = await startFaultyServer();

      const answer = await make()(secretRequest(server.url, '/full'));

      expect(answer.body).toHaveLength(1_048_576);
    });

    test.each(['endless', 'bomb'])(
      'F16 A body past 1 MiB (%s) is given up, and its connection closed',
      async (path) => {
        await using server = await startFaultyServer();

        const arrival = server.arrival();
        const error = await transportFailure(make()(secretRequest(server.url, `/${path}`)));

        expect(error).toMatchObject({ code: 'body_too_large', sent: true, retryable: true });
        await (
          await arrival
        ).closed;
      },
    );

    test.each(['gzip', 'deflate', 'br'])('A body packed with %s is unpacked', async (path) => {
      await using server = await startFaultyServer();

      const answer = await make()(secretRequest(server.url, `/${path}`));

      expect(JSON.parse(answer.body)).toEqual({ packed: path === 'gzip' ? 'gzip ü' : path });
    });

    test.each(['hang', 'drip'])('F5 An answer that does not end (%s) is given up when its time is up', async (path) => {
      await using server = await startFaultyServer();
      const clock = manualClock();

      const failure = transportFailure(make(clock)(secretRequest(server.url, `/${path}`, { timeoutMs: TIMEOUT_MS })));
      const { closed } = await server.arrival();
      await clock.advance(TIMEOUT_MS);

      expect(await failure).toMatchObject({ code: 'timed_out', sent: true, retryable: true });
      await closed;
    });

    test('F5 A request without a timeout has 10 s', async () => {
      await using server = await startFaultyServer();
      const clock = manualClock();

      const failure = transportFailure(make(clock)(secretRequest(server.url, '/hang')));
      await server.arrival();
      await clock.advance(10_000);

      expect(await failure).toMatchObject({ code: 'timed_out' });
    });

    test.each(['reset', 'truncated'])(
      'F8 A connection that breaks after the request (%s) is a failure of a sent request',
      async (path) => {
        await using server = await startFaultyServer();

        const error = await transportFailure(make()(secretRequest(server.url, `/${path}`)));

        expect(error).toMatchObject({ code: 'network_failed', sent: true, retryable: true });
        expect(error.message).toContain(`127.0.0.1:${server.port}`);
      },
    );

    test('F1 A refused connection is a failure of a request that was not sent', async () => {
      const error = await transportFailure(make()(secretRequest(`http://${NOBODY}`, '/echo')));

      expect(error).toMatchObject({
        code: 'network_failed',
        sent: false,
        retryable: true,
        cause: { code: 'ECONNREFUSED' },
      });
      expect(error.message).toContain(NOBODY);
    });

    test('F6 A host without an address is a passing DNS failure', async () => {
      // The resolver of the machine may take its time.
      const error = await transportFailure(make(manualClock())(secretRequest('http://credence-test.invalid', '/echo')));

      expect(error).toMatchObject({ code: 'dns_failed', sent: false, retryable: true });
      expect(error.message).toContain('credence-test.invalid:80');
    });

    test('F7 A certificate of an unknown issuer is for an operator to repair', async () => {
      await using server = await startFaultyServer(selfSigned());

      const error = await transportFailure(make()(secretRequest(server.url, '/echo')));

      expect(error).toMatchObject({
        code: 'tls_failed',
        sent: false,
        retryable: false,
        cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
      expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
      expect(server.seen).toHaveLength(0);
    });

    test('F55 A signal that has aborted before lets no request out', async () => {
      await using server = await startFaultyServer();
      const reason = new Error('the caller has left');

      const error = await rejection(make()(secretRequest(server.url, '/echo', { signal: AbortSignal.abort(reason) })));

      expect(error).toBe(reason);
      expect(server.connections).toBe(0);
    });

    test.each([
      ['headers', 'hang'],
      ['the body', 'drip'],
    ])('F55 A signal that aborts while waiting for %s rejects with its own reason', async (_what, path) => {
      await using server = await startFaultyServer();
      const controller = new AbortController();
      const reason = { why: 'the caller has left' };

      const failure = rejection(make()(secretRequest(server.url, `/${path}`, { signal: controller.signal })));
      const { closed } = await server.arrival();
      controller.abort(reason);

      expect(await failure).toBe(reason);
      await closed;
    });

    test('Requests one after the other share connections', async () => {
      await using server = await startFaultyServer();
      const transport = make();

      for (let round = 0; round < 6; round += 1) await transport(secretRequest(server.url, '/echo'));

      expect(server.seen).toHaveLength(6);
      expect(server.connections).toBeLessThanOrEqual(maxConnections);
    });

    test.each(['ftp://127.0.0.1/', '/secret-relative', 'data:text/plain,x'])(
      'A URL that is not of http or https (%s) is refused as an argument',
      async (url) => {
        const error = await rejection(make()({ method: 'GET', url }));

        expect(error).toEqual(new TypeError('"url" must be an absolute http: or https: URL'));
      },
    );
  });
}
