import { describe, expect, it } from 'vitest';
import { outgoing } from '../../src/interop/outgoing.js';
import { redirected, redirectTarget } from '../../src/interop/redirects.js';

const FROM = new URL('https://a.example/dir/x');
const answer = (status: number, location?: string): Response =>
  new Response(null, { status, headers: location === undefined ? {} : { location } });

describe('redirectTarget', () => {
  it('resolves the location against the URL it came from', () => {
    expect(redirectTarget(answer(302, '../y?z=1'), FROM)?.href).toBe('https://a.example/y?z=1');
  });

  it('sees no redirect without a location or in another status', () => {
    expect(redirectTarget(answer(302), FROM)).toBeUndefined();
    expect(redirectTarget(answer(300, '/y'), FROM)).toBeUndefined();
    expect(redirectTarget(answer(304, '/y'), FROM)).toBeUndefined();
  });

  it('refuses a scheme that is not http(s)', () => {
    expect(() => redirectTarget(answer(302, 'file:///etc/passwd'), FROM)).toThrow(TypeError);
  });
});

describe('redirected', () => {
  it('drops everything that tells who is asking, on another origin only', () => {
    const headers = { authorization: 'x', cookie: 'c', 'x-goog-user-project': 'q', accept: 'a' };
    const request = outgoing(FROM, { headers });

    const elsewhere = redirected(request, new URL('https://b.example/'), 307);
    const downgraded = redirected(request, new URL('http://a.example/'), 307);
    const here = redirected(request, new URL('https://a.example/y'), 307);

    expect([...elsewhere.headers.keys()]).toEqual(['accept']);
    expect([...downgraded.headers.keys()]).toEqual(['accept']);
    expect([...here.headers.keys()]).toEqual(Object.keys(headers).sort());
  });

  it('keeps a HEAD a HEAD, and a PUT a PUT on 302', () => {
    const to = new URL('https://a.example/y');

    expect(redirected(outgoing(FROM, { method: 'HEAD' }), to, 303).method).toBe('HEAD');
    expect(redirected(outgoing(FROM, { method: 'PUT', body: 'b' }), to, 302)).toMatchObject({
      method: 'PUT',
      body: 'b',
    });
  });

  it('refuses to send a stream twice', () => {
    const request = outgoing(FROM, { method: 'POST', body: new Blob(['x']).stream() });

    expect(() => redirected(request, new URL('https://a.example/y'), 307)).toThrow(/stream/);
  });
});
