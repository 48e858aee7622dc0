import { describe, expect, it } from 'vitest';
import { outgoing } from '../../src/interop/outgoing.js';
import { redirected, redirectLocation, redirectTarget } from '../../src/interop/redirects.js';

const FROM = new URL('https://a.example/dir/x');
const answer = (status: number, location?: string): Response =>
  new Response(null, { status, headers: location === undefined ? {} : { location } });

describe('redirectLocation', () => {
  it.each([301, 302, 303, 307, 308])('is what a %i says', (status) => {
    expect(redirectLocation(answer(status, '/y'))).toBe('/y');
  });

  it('sees no redirect without a location or in another status', () => {
    expect(redirectLocation(answer(302))).toBeUndefined();
    expect(redirectLocation(answer(300, '/y'))).toBeUndefined();
    expect(redirectLocation(answer(304, '/y'))).toBeUndefined();
  });
});

describe('redirectTarget', () => {
  it('resolves the location against the URL it came from', () => {
    expect(redirectTarget('../y?z=1', FROM).href).toBe('https://a.example/y?z=1');
  });

  it.each(['file:///etc/passwd', 'data:text/plain,x', 'http://[', 'https://a b/'])('refuses %s', (location) => {
    expect(() => redirectTarget(location, FROM)).toThrow(/^redirected to /);
  });
});

describe('redirected', () => {
  it('drops everything that tells who is asking, on another origin only', async () => {
    const headers = {
      accept: 'a',
      authorization: 'x',
      cookie: 'c',
      host: 'a.example',
      'x-goog-api-key': 'k',
      'x-goog-user-project': 'q',
    };
    const request = await outgoing(FROM, { headers });

    const elsewhere = redirected(request, new URL('https://b.example/'), 307);
    const elsewherePort = redirected(request, new URL('https://a.example:8443/'), 307);
    const downgraded = redirected(request, new URL('http://a.example/'), 307);
    const here = redirected(request, new URL('https://a.example/y'), 307);

    expect([...elsewhere.headers.keys()]).toEqual(['accept']);
    expect([...elsewherePort.headers.keys()]).toEqual(['accept']);
    expect([...downgraded.headers.keys()]).toEqual(['accept']);
    expect([...here.headers.keys()]).toEqual(Object.keys(headers).sort());
  });

  it.each([
    ['POST', 301, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 303, 'GET'],
    ['PUT', 303, 'GET'],
    ['DELETE', 303, 'GET'],
    ['PUT', 301, 'PUT'],
    ['PUT', 302, 'PUT'],
    ['POST', 307, 'POST'],
    ['POST', 308, 'POST'],
  ])('makes of a %s on %i a %s, with its body only where the method stays', async (method, status, expected) => {
    const request = await outgoing(FROM, { method, body: 'b', headers: { 'content-type': 'text/plain' } });

    const next = redirected(request, new URL('https://a.example/y'), status);

    expect(next.method).toBe(expected);
    expect(next.body).toBe(expected === method ? 'b' : undefined);
    expect(next.headers.has('content-type')).toBe(expected === method);
  });

  it.each(['GET', 'HEAD'])('leaves a %s on 303 as it is', async (method) => {
    const request = await outgoing(FROM, { method, headers: { 'content-type': 'text/plain' } });

    const next = redirected(request, new URL('https://a.example/y'), 303);

    expect([next.method, next.headers.get('content-type')]).toEqual([method, 'text/plain']);
  });

  it('refuses to send a stream twice', async () => {
    const request = await outgoing(FROM, { method: 'POST', body: new Blob(['x']).stream() });

    expect(() => redirected(request, new URL('https://a.example/y'), 307)).toThrow(/stream/);
  });
});
