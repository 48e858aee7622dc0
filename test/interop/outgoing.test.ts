import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { outgoing } from '../../src/interop/outgoing.js';
import { sendingOf } from '../../src/interop/request-body.js';

describe('outgoing', () => {
  it('reads a URL, a URL object and a Request alike', async () => {
    for (const input of ['https://a.example/x', new URL('https://a.example/x'), new Request('https://a.example/x')]) {
      expect(await outgoing(input)).toMatchObject({ method: 'GET', url: new URL('https://a.example/x') });
    }
  });

  it('lets init win over the Request, headers as a whole', async () => {
    const request = new Request('https://a.example/', { method: 'PUT', headers: { one: '1' }, redirect: 'manual' });

    const { method, headers, rest } = await outgoing(request, { method: 'post', headers: { two: '2' } });

    expect(method).toBe('POST');
    expect([...headers]).toEqual([['two', '2']]);
    expect(rest.redirect).toBe('manual');
  });

  it('keeps the body of the Request where init names none, or names it undefined', async () => {
    for (const init of [undefined, {}, { body: undefined }]) {
      const request = new Request('https://a.example/', { method: 'POST', body: 'of the request' });

      const { body, rest } = await outgoing(request, init as RequestInit);

      expect(sendingOf(body)).toEqual({ body: new TextEncoder().encode('of the request') });
      expect(rest).not.toHaveProperty('duplex');
    }
  });

  it('lets another body win, without reading that of the Request', async () => {
    const request = new Request('https://a.example/', { method: 'POST', body: 'of the request' });

    expect((await outgoing(request, { body: 'another' })).body).toBe('another');
    expect(request.bodyUsed).toBe(false);
  });

  it('keeps the body of the Request where that of init is null, as fetch does', async () => {
    const request = new Request('https://a.example/', { method: 'POST', body: 'of the request' });

    const { body } = await outgoing(request, { body: null });

    expect(sendingOf(body)).toEqual({ body: new TextEncoder().encode('of the request') });
  });

  it('keeps the settings of the Request where init says undefined', async () => {
    const { signal } = new AbortController();
    const request = new Request('https://a.example/', { redirect: 'error', signal });

    const { rest } = await outgoing(request, { redirect: undefined, signal: undefined } as unknown as RequestInit);

    expect(rest.redirect).toBe('error');
    expect(rest.signal).toBe(request.signal);
  });

  it('copies the headers', async () => {
    const headers = new Headers({ a: '1' });

    const sent = await outgoing('https://a.example/', { headers });
    sent.headers.set('b', '2');

    expect(headers.has('b')).toBe(false);
  });
});

describe('what fetch takes too', () => {
  it('is taken: null for init, and whatever becomes a URL as text', async () => {
    const like = { toString: () => 'https://a.example/like' };

    const { url, method } = await outgoing(like, null);

    expect([url.href, method]).toEqual(['https://a.example/like', 'GET']);
  });
});

describe('what fetch refuses', () => {
  it.each<[unknown, unknown]>([
    [undefined, undefined],
    [null, undefined],
    [5, undefined],
    [Symbol('x'), undefined],
    ['https://a.example/', 5],
    ['https://a.example/', 'POST'],
    ['https://a.example/', { redirect: 'bogus' }],
    ['https://a.example/', { redirect: null }],
  ])('is refused in its own words (%#)', async (input, init) => {
    const native = await fetch(input as string, init as RequestInit).catch((error: unknown) => error as Error);

    const refusal = await outgoing(input, init as RequestInit).catch((error: unknown) => error as Error);

    expect(refusal).toBeInstanceOf(TypeError);
    expect(refusal).toHaveProperty('message', (native as Error).message);
  });

  it.each(['/relative', 'http://user:hunter2@a b/', 'https://user:hunter2@a.example/', 'https://hunter2@a.example/'])(
    'is not quoted: %s',
    async (input) => {
      const refusal = await outgoing(input).catch((error: unknown) => error as Error);

      expect(refusal).toBeInstanceOf(TypeError);
      expect(inspect(refusal, { depth: 9 }).split('\n    at')[0]).not.toMatch(/hunter2|relative/);
    },
  );
});
