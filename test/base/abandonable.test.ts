import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { abandonable } from '../../src/base/abandonable.js';

interface Work {
  readonly shared: Promise<string>;
  readonly finish: (value: string) => void;
  readonly fail: (error: Error) => void;
}

function work(): Work {
  const controls: { finish?: (value: string) => void; fail?: (error: Error) => void } = {};
  const shared = new Promise<string>((resolve, reject) => {
    controls.finish = resolve;
    controls.fail = reject;
  });
  return { shared, finish: controls.finish!, fail: controls.fail! };
}

describe('A waiter that may leave', () => {
  it('F55 is the shared promise itself where it has no signal', () => {
    const { shared } = work();

    expect(abandonable(shared, undefined)).toBe(shared);
  });

  it('F55 gets the result where nobody aborts', async () => {
    const { shared, finish } = work();
    const waiting = abandonable(shared, new AbortController().signal);

    finish('done');

    await expect(waiting).resolves.toBe('done');
  });

  it('F55 gets the very error of the shared work', async () => {
    const { shared, fail } = work();
    const failure = new Error('refused');
    const waiting = abandonable(shared, new AbortController().signal);

    fail(failure);

    await expect(waiting).rejects.toBe(failure);
  });

  it.each([new Error('mine'), 'a text', undefined])('F55 leaves with its own reason: %s', async (reason) => {
    const { shared } = work();
    const controller = new AbortController();
    const waiting = abandonable(shared, controller.signal);

    controller.abort(reason);

    await expect(waiting).rejects.toBe(controller.signal.reason);
  });

  it('F55 tells once that it has left, and nothing where the work is done before', async () => {
    const left: string[] = [];
    const [one, two] = [work(), work()];
    const controller = new AbortController();
    const leaving = abandonable(one.shared, controller.signal, () => left.push('one'));
    const staying = abandonable(two.shared, controller.signal, () => left.push('two'));
    two.finish('done');
    await staying;
    await Promise.resolve();

    controller.abort('gone');

    await expect(leaving).rejects.toBe('gone');
    expect(left).toEqual(['one']);
  });

  it('F55 has left at once where its signal has aborted before', async () => {
    const { shared } = work();

    await expect(abandonable(shared, AbortSignal.abort('before'))).rejects.toBe('before');
  });

  it('F27 disturbs neither the work nor the others by leaving', async () => {
    const { shared, finish } = work();
    const controller = new AbortController();
    const leaving = abandonable(shared, controller.signal);
    const staying = abandonable(shared, new AbortController().signal);

    controller.abort('bye');
    await expect(leaving).rejects.toBe('bye');
    finish('done');

    await expect(staying).resolves.toBe('done');
    await expect(shared).resolves.toBe('done');
  });

  it.each(['before', 'after'])('F53 leaves no rejection unhandled where it aborts %s the work fails', async (when) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', note);
    const { shared, fail } = work();
    const controller = new AbortController();
    const waiting = abandonable(shared, controller.signal);
    const settled = waiting.catch((error: unknown) => error);

    if (when === 'before') controller.abort('bye');
    fail(new Error('refused'));
    await settled;
    controller.abort('late');
    await new Promise(setImmediate);

    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it.each(['resolves', 'rejects'])('leaves no listener on its signal once the work %s', async (how) => {
    const { shared, finish, fail } = work();
    const { signal } = new AbortController();
    const waiting = abandonable(shared, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);

    if (how === 'resolves') finish('done');
    else fail(new Error('refused'));
    await waiting.catch(() => undefined);
    await new Promise(setImmediate);

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('F27 shares one listener with all who wait under its signal, so that Node warns of none', async () => {
    const { signal } = new AbortController();
    const { shared, finish } = work();

    const waiting = Array.from({ length: 1_000 }, () => abandonable(shared, signal));

    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    finish('token');
    await Promise.all(waiting);
    await Promise.resolve();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('F55 leaves with all who wait under its signal, for whatever they wait, and those who came back later', async () => {
    const abort = new AbortController();
    const done = work();
    const first = abandonable(done.shared, abort.signal);
    done.finish('token');
    await first;
    await Promise.resolve();
    const waiting = [work(), work()].map(({ shared }) => abandonable(shared, abort.signal));

    abort.abort('all');

    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: 'all' },
      { status: 'rejected', reason: 'all' },
    ]);
  });
});
