import { describe, expect, it } from 'vitest';
import { MAX_HELD_BYTES, RecordedBody } from '../../src/interop/recorded-body.js';
import { isReplayable, requestBody, sendingOf } from '../../src/interop/request-body.js';
import { aSource } from '../fixtures/byte-source.js';

const URL_OF_ALL = 'https://a.example/';
/** How streams are sent. */
const STREAMED = { duplex: 'half', credentials: 'omit' };

function aRequest(body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_ALL, { method: 'POST', body, headers, duplex: 'half' });
}

describe('The body of a Request', () => {
  it.each<[string, RequestInit['body']]>([
    ['text', 'hello'],
    ['bytes', new TextEncoder().encode('hello')],
    ['a blob', new Blob(['hel', 'lo'])],
  ])('that is %s is sent as bytes, and so with its length, as often as need be', async (_what, body) => {
    const recorded = await requestBody(aRequest(body ?? ''));

    for (let sending = 0; sending < 2; sending += 1)
      expect(sendingOf(recorded)).toEqual({ body: new TextEncoder().encode('hello') });
    expect(isReplayable(recorded)).toBe(true);
  });

  it('cannot be taken twice', async () => {
    const request = aRequest('hello');
    await requestBody(request);

    await expect(requestBody(request)).rejects.toThrow(
      new TypeError('"input" must be a Request whose body has not been read'),
    );
  });

  it('is null where there is none, and empty where it is empty', async () => {
    expect(await requestBody(new Request(URL_OF_ALL))).toBeNull();
    expect(sendingOf(await requestBody(aRequest('')))).toEqual({ body: new Uint8Array(0) });
  });

  it('that has yet to come is not waited for', async () => {
    const { stream } = aSource(['a'], { ends: false });

    const recorded = await requestBody(aRequest(stream));

    expect(recorded).toBeInstanceOf(RecordedBody);
    expect(sendingOf(recorded)).toEqual({ body: expect.any(ReadableStream) as unknown, ...STREAMED });
  });

  it('is not read at all where its length is said to be too much', async () => {
    const { stream } = aSource([], { ends: false });
    const request = aRequest(stream, { 'content-length': String(MAX_HELD_BYTES + 1) });

    expect(await requestBody(request)).toBe(request.body);
  });

  it('that yields something else than bytes is refused, and its source given up', async () => {
    const { stream, cancelled } = aSource([5], { ends: false });

    await expect(requestBody(aRequest(stream))).rejects.toThrow(
      new TypeError('"input" must be a Request whose body yields bytes'),
    );
    expect(cancelled).toHaveLength(1);
  });

  it('that fails fails the request, with the reason', async () => {
    const stream = new ReadableStream({ start: (controller) => controller.error('broken') });

    await expect(requestBody(aRequest(stream))).rejects.toBe('broken');
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
    expect(sendingOf(body)).toEqual({ body: body ?? null });
  });

  it('says no to a stream and to an async iterable', () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(new Uint8Array(1));
    }

    for (const body of [new Blob(['x']).stream(), chunks()]) {
      expect(isReplayable(body)).toBe(false);
      expect(sendingOf(body)).toEqual({ body, ...STREAMED });
    }
  });
});

describe('sendingOf', () => {
  it('leaves the credentials of browsers as they were asked for, where that is more than the default', () => {
    const body = new Blob(['x']).stream();

    expect(sendingOf(body, 'same-origin')).toEqual({ body, ...STREAMED });
    expect(sendingOf(body, 'include')).toEqual({ body, duplex: 'half' });
    expect(sendingOf('text', 'same-origin')).toEqual({ body: 'text' });
  });
});
