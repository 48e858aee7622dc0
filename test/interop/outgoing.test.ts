import { describe, expect, it } from 'vitest';
import { isReplayable, outgoing } from '../../src/interop/outgoing.js';

describe('outgoing', () => {
  it('reads a URL, a URL object and a Request alike', () => {
    for (const input of ['https://a.example/x', new URL('https://a.example/x'), new Request('https://a.example/x')]) {
      expect(outgoing(input)).toMatchObject({ method: 'GET', url: new URL('https://a.example/x') });
    }
  });

  it('lets init win over the Request, headers as a whole', () => {
    const request = new Request('https://a.example/', { method: 'PUT', headers: { one: '1' }, redirect: 'manual' });

    const { method, headers, rest } = outgoing(request, { method: 'post', headers: { two: '2' } });

    expect(method).toBe('POST');
    expect([...headers]).toEqual([['two', '2']]);
    expect(rest.redirect).toBe('manual');
  });

  it('copies the headers', () => {
    const headers = new Headers({ a: '1' });

    outgoing('https://a.example/', { headers }).headers.set('b', '2');

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
