import { describe, expect, it } from 'vitest';
import { isReplayable, outgoing } from '../../src/interop/outgoing.js';

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

      expect(body).toEqual(new TextEncoder().encode('of the request'));
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

    expect((await outgoing(request, { body: null })).body).toEqual(new TextEncoder().encode('of the request'));
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

describe('isReplayable', () => {
  it.each([
    ['nothing', undefined],
    ['text', 'x'],
    ['bytes', new Uint8Array(2)],
    ['a form', new URLSearchParams('a=1')],
    ['a multipart form', new FormData()],
    ['a blob', new Blob(['x'])],
  ])('says yes to %s', (_what, body) => {
    expect(isReplayable(body)).toBe(true);
  });

  it('says no to a stream and to an async iterable', () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(new Uint8Array(1));
    }

    expect(isReplayable(new Blob(['x']).stream())).toBe(false);
    expect(isReplayable(chunks())).toBe(false);
  });
});
