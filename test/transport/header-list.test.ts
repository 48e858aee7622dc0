import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { headersFor } from '../../src/transport/header-list.js';
import type { TransportRequest } from '../../src/transport/transport.js';

const TARGET = new URL('https://[::1]:8443/token');

function post(changes: Partial<TransportRequest> = {}): TransportRequest {
  return { method: 'POST', url: TARGET.href, headers: { accept: 'text/plain' }, body: 'a=ü', ...changes };
}

it('is complete: it names the host as a URL has it, and counts the bytes of the body', () => {
  expect(headersFor(post(), TARGET, false)).toEqual([
    'host',
    '[::1]:8443',
    'content-length',
    '4',
    'accept',
    'text/plain',
  ]);
});

it('leaves out the port that goes without saying', () => {
  expect(headersFor(post(), new URL('https://example.com:443/'), false)).toContain('example.com');
});

it('is no list where somebody may add headers, and where there is no body', () => {
  const { body: _body, ...bare } = post();

  expect(headersFor(post(), TARGET, true)).toEqual({ accept: 'text/plain' });
  expect(headersFor(bare, TARGET, false)).toEqual({ accept: 'text/plain' });
});

it.each(['Host', 'content-length', 'Transfer-Encoding', 'connection', 'Expect'])(
  'is no list where the request says %s itself',
  (name) => {
    expect(headersFor(post({ headers: { [name]: 'x' } }), TARGET, false)).toEqual({ [name]: 'x' });
  },
);

it('gives an object of its own, which Node and agents may write to', () => {
  const headers = Object.freeze({ accept: 'text/plain' });

  expect(headersFor(post({ headers }), TARGET, true)).not.toBe(headers);
});

it('is written as Node would have written the object', async () => {
  const server = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const target = new URL(`http://127.0.0.1:${port}/`);
  const seen = (mayBeAddedTo: boolean): Promise<IncomingHttpHeaders> =>
    new Promise((resolve, reject) => {
      const headers = headersFor(post(), target, mayBeAddedTo);
      const sending = request({ hostname: '127.0.0.1', port, method: 'POST', headers });
      sending.on('error', reject).on('response', (answer) => {
        answer.on('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as IncomingHttpHeaders));
      });
      sending.end('a=ü');
    });

  expect(await seen(false)).toEqual(await seen(true));
});
