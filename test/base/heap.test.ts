import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap, type HeapMember } from '../../src/base/heap.js';

function member(): HeapMember {
  return { rank: 0, place: -1 };
}

function drained(heap: Heap<HeapMember>): number[] {
  const ranks: number[] = [];
  for (let first = heap.takeFirst(); first !== undefined; first = heap.takeFirst()) ranks.push(first.rank);
  return ranks;
}

test('Members come out in the order of their ranks, however they were put in, moved and taken out.', () => {
  const step = fc.tuple(fc.constantFrom('put', 'remove'), fc.nat(20), fc.integer());

  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new Heap<HeapMember>();
      const members = Array.from({ length: 21 }, member);
      const expected = new Map<HeapMember, number>();
      for (const [what, index, rank] of steps) {
        const one = members[index]!;
        if (what === 'put') heap.put(one, rank);
        else expect(heap.remove(one)).toBe(expected.has(one));
        if (what === 'put') expected.set(one, rank);
        else expected.delete(one);
      }

      expect(heap.size).toBe(expected.size);
      expect(new Set(heap)).toEqual(new Set(expected.keys()));
      expect(drained(heap)).toEqual([...expected.values()].sort((a, b) => a - b));
    }),
  );
});

test('A member that was taken out stands nowhere.', () => {
  const heap = new Heap<HeapMember>();
  const one = member();
  heap.put(one, 5);

  const first = heap.takeFirst();

  expect(first).toBe(one);
  expect(one.place).toBe(-1);
  expect(heap.has(one)).toBe(false);
  expect(heap.remove(one)).toBe(false);
  expect(heap.first).toBeUndefined();
  expect(heap.takeFirst()).toBeUndefined();
});

test('A heap leaves members of another one alone.', () => {
  const [here, there] = [new Heap<HeapMember>(), new Heap<HeapMember>()];
  const [mine, theirs] = [member(), member()];
  here.put(mine, 1);
  there.put(theirs, 2);

  expect(here.remove(theirs)).toBe(false);

  expect(here.first).toBe(mine);
  expect(there.first).toBe(theirs);
});
