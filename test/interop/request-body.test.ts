import { describe, expect, it } from 'vitest';
import { heldBody, MAX_HELD_BYTES } from '../../src/interop/request-body.js';

const URL_OF_ALL = 'https://a.example/';

function aRequest(body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_ALL, { method: 'POST', body, headers, duplex: 'half' });
}

/** A stream of chunks that ends only where it is told to, and keeps why it was given up. */
function aSource(chunks: readonly unknown[], ends = true): { stream: ReadableStream; cancelled: unknown[] } {
  const [left, cancelled]: [unknown[], unknown[]] = [[...chunks], []];
  const stream = new ReadableStream({
    pull: (controller) => {
      if (left.length > 0) controller.enqueue(left.shift());
      else if (ends) controller.close();
      else return new Promise(() => undefined);
      return undefined;
    },
    cancel: (reason) => void cancelled.push(reason),
  });
  return { stream, cancelled };
}

const textOf = async (body: RequestInit['body']): Promise<string> => await new Response(body as string).text();

describe('The body of a Request', () => {
  it('is held as bytes where it is small, and cannot be taken twice', async () => {
    const request = aRequest('hello');

    const body = await heldBody(request);

    expect(body).toBeInstanceOf(Uint8Array);
    expect(await textOf(body)).toBe('hello');
    expect(request.bodyUsed).toBe(true);
    await expect(heldBody(request)).rejects.toThrow(
      new TypeError('"input" must be a Request whose body has not been read'),
    );
  });

  it('is null where there is none, and empty where it is empty', async () => {
    expect(await heldBody(new Request(URL_OF_ALL))).toBeNull();
    expect(await heldBody(aRequest(''))).toEqual(new Uint8Array(0));
  });

  it('is put together of its chunks', async () => {
    const { stream } = aSource(['a', 'bc', '', 'd'].map((text) => new TextEncoder().encode(text)));

    expect(await textOf(await heldBody(aRequest(stream)))).toBe('abcd');
  });

  it('is held up to 1 MiB, and streamed whole beyond', async () => {
    const [largest, tooLarge] = [new Uint8Array(MAX_HELD_BYTES), new Uint8Array(MAX_HELD_BYTES + 3).fill(7)];

    const [held, streamed] = [await heldBody(aRequest(largest)), await heldBody(aRequest(tooLarge))];

    expect(held).toHaveProperty('byteLength', MAX_HELD_BYTES);
    expect(streamed).toBeInstanceOf(ReadableStream);
    const sent = new Uint8Array(await new Response(streamed as ReadableStream).arrayBuffer());
    expect(Buffer.compare(sent, tooLarge)).toBe(0);
  });

  it('is not read at all where its length is said to be too much', async () => {
    const { stream } = aSource([], false);
    const request = aRequest(stream, { 'content-length': String(MAX_HELD_BYTES + 1) });

    const body = await heldBody(request);

    expect(body).toBe(request.body);
  });

  it('that is streamed gives up its source when it is given up', async () => {
    const { stream, cancelled } = aSource([new Uint8Array(MAX_HELD_BYTES + 1)], false);
    const body = await heldBody(aRequest(stream));

    await (body as ReadableStream).cancel('left');

    expect(cancelled).toEqual(['left']);
  });

  it('F55 is given up when the caller aborts, with the reason', async () => {
    const { stream, cancelled } = aSource([new Uint8Array(1)], false);
    const abort = new AbortController();
    const held = heldBody(aRequest(stream), abort.signal);

    abort.abort('left');

    await expect(held).rejects.toBe('left');
    expect(cancelled).toEqual(['left']);
  });

  it('that yields something else than bytes is refused', async () => {
    const { stream, cancelled } = aSource(['text'], false);

    await expect(heldBody(aRequest(stream))).rejects.toThrow(
      new TypeError('"input" must be a Request whose body yields bytes'),
    );
    expect(cancelled).toHaveLength(1);
  });
});
