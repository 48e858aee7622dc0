import { describe, expect, it } from 'vitest';
import { MAX_HELD_BYTES, RecordedBody } from '../../src/interop/recorded-body.js';
import { aSource, type ByteSource } from '../fixtures/byte-source.js';

const recordedFrom = ({ stream }: Pick<ByteSource, 'stream'>): RecordedBody => new RecordedBody(stream.getReader());
const textOf = async (body: ReturnType<RecordedBody['next']>): Promise<string> => await new Response(body).text();

function readerOf(body: ReturnType<RecordedBody['next']>): ReadableStreamDefaultReader<Uint8Array> {
  if (!(body instanceof ReadableStream)) throw new Error('It is no stream');
  return body.getReader();
}

async function textIn(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  return new TextDecoder().decode((await reader.read()).value);
}

const turn = (): Promise<unknown> => new Promise(setImmediate);

function inTurns(next: () => string | undefined): ByteSource['stream'] {
  return new ReadableStream({
    pull: async (controller) => {
      await turn();
      const part = next();
      if (part === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(part));
    },
  });
}

describe('A recorded body', () => {
  it('is sent as it comes', async () => {
    const source = aSource(['a'], { ends: false });
    const reader = readerOf(recordedFrom(source).next());

    expect(await textIn(reader)).toBe('a');
    source.push('b');
    expect(await textIn(reader)).toBe('b');
    source.end();
    expect((await reader.read()).done).toBe(true);
  });

  it('is bytes where all of it was there at once', async () => {
    const recorded = recordedFrom(aSource(['a', 'bc', '', 'd']));

    await recorded.readWhatIsThere();

    expect(recorded.next()).toEqual(new TextEncoder().encode('abcd'));
  });

  it('is bytes where each part of it comes in the turn of the loop after the one before', async () => {
    const parts = [...'abcdefghijklmnopqrstuvwxyz'];
    const recorded = recordedFrom({ stream: inTurns(() => parts.shift()) });

    await recorded.readWhatIsThere();

    expect(recorded.next()).toEqual(new TextEncoder().encode('abcdefghijklmnopqrstuvwxyz'));
  });

  it('is a stream where all that comes is nothing', async () => {
    const recorded = recordedFrom({ stream: inTurns(() => '') });

    await recorded.readWhatIsThere();

    expect(recorded.next()).toBeInstanceOf(ReadableStream);
  });

  it('is sent again from its beginning: as bytes where all of it has come', async () => {
    const recorded = recordedFrom(aSource(['a', 'b']));

    expect(await textOf(recorded.next())).toBe('ab');

    expect(recorded.next()).toEqual(new TextEncoder().encode('ab'));
  });

  it('is sent again before it has ended, with what came in between', async () => {
    const source = aSource(['a'], { ends: false });
    const recorded = recordedFrom(source);
    const first = readerOf(recorded.next());
    await textIn(first);
    const lost = first.read();
    await turn();
    await first.cancel();

    const second = textOf(recorded.next());
    source.push('b');
    source.push('c');
    source.end();

    expect(await second).toBe('abc');
    expect((await lost).done).toBe(true);
    expect(source.cancelled).toEqual([]);
  });

  it('ends a sending that nobody broke off when it is sent again', async () => {
    const source = aSource(['a'], { ends: false });
    const recorded = recordedFrom(source);
    const first = readerOf(recorded.next());
    await textIn(first);
    const waiting = first.read();

    const second = textOf(recorded.next());
    source.push('b');
    source.end();

    await expect(waiting).rejects.toThrow(TypeError);
    expect(await second).toBe('ab');
  });

  it('is held up to 1 MiB, and sent whole, but once, beyond', async () => {
    const [largest, tooLarge] = [new Uint8Array(MAX_HELD_BYTES), new Uint8Array(MAX_HELD_BYTES + 3).fill(7)];
    const [held, streamed] = [recordedFrom(aSource([largest])), recordedFrom(aSource([tooLarge, 'x', 'yz']))];
    await Promise.all([held.readWhatIsThere(), streamed.readWhatIsThere()]);

    expect([held.isReplayable, streamed.isReplayable]).toEqual([true, false]);
    const sent = Buffer.from(await new Response(streamed.next()).arrayBuffer());
    expect(sent.equals(Buffer.concat([tooLarge, Buffer.from('xyz')]))).toBe(true);
  });

  it('goes on to be sent when it need not be sent again', async () => {
    const source = aSource(['a'], { ends: false });
    const recorded = recordedFrom(source);
    const sent = textOf(recorded.next());
    await turn();

    recorded.finish();
    source.push('b');
    source.end();

    expect(await sent).toBe('ab');
    expect(recorded.isReplayable).toBe(false);
  });

  it('gives its source up when whoever sends it breaks off, and it need not be sent again', async () => {
    const [before, after] = [aSource(['a'], { ends: false }), aSource(['a'], { ends: false })];
    const [left, finished] = [recordedFrom(before), recordedFrom(after)];
    const [leaving, finishing] = [readerOf(left.next()), readerOf(finished.next())];

    await leaving.cancel('left');
    left.finish();
    finished.finish();
    await finishing.cancel('left');

    expect([before.cancelled, after.cancelled]).toEqual([[undefined], ['left']]);
  });

  it('F55 gives its source up, with the reason, when it is abandoned', async () => {
    const source = aSource(['a'], { ends: false });
    const recorded = recordedFrom(source);
    const reader = readerOf(recorded.next());
    await textIn(reader);

    recorded.abandon('left');

    await expect(reader.read()).rejects.toThrow(TypeError);
    expect(source.cancelled).toEqual(['left']);
  });

  it('that fails later fails each sending', async () => {
    const source = aSource(['a'], { ends: false });
    const recorded = recordedFrom(source);
    await recorded.readWhatIsThere();
    source.push(5);

    for (let sending = 0; sending < 2; sending += 1)
      await expect(textOf(recorded.next())).rejects.toThrow('whose body yields bytes');
  });
});
