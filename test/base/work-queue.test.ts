import { describe, expect, test } from 'vitest';
import { WorkQueue } from '../../src/base/work-queue.js';

interface Work {
  readonly begun: number[];
  readonly promises: Promise<number>[];
  readonly end: (index: number, error?: Error) => void;
}

/** Pieces of work that begin when the queue lets them, and end when the test does. */
function enqueue(queue: WorkQueue, count: number, signal?: AbortSignal): Work {
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const promises = Array.from({ length: count }, (_, index) =>
    queue.run(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(index);
          ends[index] = (error) => (error === undefined ? resolve(index) : reject(error));
        }),
      signal,
    ),
  );
  return { begun, promises, end: (index, error) => ends[index]!(error) };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('WorkQueue', () => {
  test('Eight pieces are under way at most, and each that ends lets the next begin, in order', async () => {
    const { begun, end } = enqueue(new WorkQueue(8), 20);
    await settled();
    const atFirst = [...begun];

    end(3);
    end(0);
    await settled();

    expect(atFirst).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(begun.slice(8)).toEqual([8, 9]);
  });

  test('A thousand pieces all end, with their own results, and never more than eight at a time', async () => {
    const queue = new WorkQueue(8);
    let underWay = 0;
    let most = 0;
    const piece = async (index: number): Promise<number> => {
      most = Math.max(most, (underWay += 1));
      await settled();
      underWay -= 1;
      return index;
    };

    const results = await Promise.all(Array.from({ length: 1000 }, (_, index) => queue.run(() => piece(index))));

    expect(results).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(most).toBe(8);
  });

  test('A piece that fails, or cannot begin, fails alone and gives its place to others', async () => {
    const queue = new WorkQueue(8);
    const failures = Array.from({ length: 20 }, (_, index) =>
      queue.run(() => {
        if (index % 2 === 0) throw new Error(`cannot begin ${index}`);
        return Promise.reject(new Error(`failed ${index}`));
      }),
    );

    const results = await Promise.allSettled(failures);
    const after = await queue.run(() => Promise.resolve('done'));

    expect(results[4]).toMatchObject({ status: 'rejected', reason: { message: 'cannot begin 4' } });
    expect(results[5]).toMatchObject({ status: 'rejected', reason: { message: 'failed 5' } });
    expect(after).toBe('done');
  });

  test('F55 What waits when its signal aborts rejects at once with its reason, and is never begun', async () => {
    const queue = new WorkQueue(8);
    const running = enqueue(queue, 8);
    const controller = new AbortController();
    const waiting = enqueue(queue, 10_000, controller.signal);
    const reason = new Error('enough');

    controller.abort(reason);
    const results = await Promise.allSettled(waiting.promises);
    const last = queue.run(() => Promise.resolve('last'));
    for (let index = 0; index < 8; index += 1) running.end(index);

    expect(results.every((result) => result.status === 'rejected' && result.reason === reason)).toBe(true);
    expect(await last).toBe('last');
    expect(waiting.begun).toEqual([]);
  });

  test('F55 What is under way when its signal aborts keeps its place until it ends', async () => {
    const queue = new WorkQueue(8);
    const controller = new AbortController();
    const running = enqueue(queue, 8, controller.signal);
    await settled();
    const waiting = enqueue(queue, 1);

    controller.abort();
    await Promise.allSettled(running.promises);
    await settled();
    const beforeEnd = [...waiting.begun];
    running.end(2);
    await settled();

    expect(beforeEnd).toEqual([]);
    expect(waiting.begun).toEqual([0]);
  });

  test('F55 A signal that has aborted already lets nothing begin', async () => {
    const work = enqueue(new WorkQueue(8), 1, AbortSignal.abort('never'));

    await expect(work.promises[0]).rejects.toBe('never');
    await settled();
    expect(work.begun).toEqual([]);
  });
});
