import { expect, test } from 'vitest';
import type { EmulatorFaults } from '../../../src/testing/faults/fault-plan.js';
import { FaultPlan } from '../../../src/testing/faults/fault-plan.js';
import { seededRandom } from '../../../src/testing/faults/seeded-random.js';

function aPlan(random: () => number = () => 0): { plan: FaultPlan; faults: EmulatorFaults } {
  const plan = new FaultPlan(random);
  return { plan, faults: plan.view };
}

test('queued faults hit requests in the order in which they were queued, each as often as asked', () => {
  const { plan, faults } = aPlan();
  faults.next('token', { status: 500 }, { times: 2 });
  faults.next('token', { status: 502 });

  const taken = [1, 2, 3, 4].map(() => plan.take('token'));

  expect(taken).toEqual([{ status: 500 }, { status: 500 }, { status: 502 }, undefined]);
});

test('faults of one endpoint leave the others alone', () => {
  const { plan, faults } = aPlan();
  faults.next('token', { status: 500 });

  expect(plan.take('api')).toBeUndefined();
  expect(plan.take('token')).toEqual({ status: 500 });
});

test('a standing fault hits every request that no queued one hits, and the latest one stands', () => {
  const { plan, faults } = aPlan();
  faults.always('api', { status: 500 });
  faults.always('api', { status: 503 });
  faults.next('api', { hang: true });

  const taken = [1, 2, 3].map(() => plan.take('api'));

  expect(taken).toEqual([{ hang: true }, { status: 503 }, { status: 503 }]);
});

test('chance strikes about as often as its probability says, and in the same sequence for the same seed', () => {
  const draw = (seed: number): boolean[] => {
    const { plan, faults } = aPlan(seededRandom(seed));
    faults.randomly('token', 0.5, { status: 500 });
    return Array.from({ length: 200 }, () => plan.take('token') !== undefined);
  };

  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw(1).filter(Boolean).length).toBeGreaterThan(75);
  expect(draw(1).filter(Boolean).length).toBeLessThan(125);
});

test('probability 0 never strikes and 1 always does', () => {
  const { plan, faults } = aPlan(seededRandom(1));
  faults.randomly('token', 0, { status: 500 });
  faults.randomly('api', 1, { status: 500 });

  expect(Array.from({ length: 50 }, () => plan.take('token')).every((fault) => fault === undefined)).toBe(true);
  expect(Array.from({ length: 50 }, () => plan.take('api')).every((fault) => fault !== undefined)).toBe(true);
});

test('clearing forgets the faults of one endpoint, or of all', () => {
  const { plan, faults } = aPlan();
  for (const endpoint of ['token', 'revoke', 'api'] as const) faults.always(endpoint, { status: 500 });

  faults.clear('token');
  expect([plan.take('token'), plan.take('revoke')]).toEqual([undefined, { status: 500 }]);
  faults.clear();

  expect([plan.take('revoke'), plan.take('api')]).toEqual([undefined, undefined]);
});

test('wrong arguments are refused with TypeErrors that name them', () => {
  const { faults } = aPlan();
  const fault = { status: 500 };

  expect(() => {
    faults.next('other' as never, fault);
  }).toThrow(/^"endpoint" must be one of 'token'/);
  expect(() => {
    faults.clear('other' as never);
  }).toThrow(TypeError);
  expect(() => {
    faults.next('token', fault, { times: -1 });
  }).toThrow(/^"times"/);
  expect(() => {
    faults.randomly('token', 1.1, fault);
  }).toThrow(new TypeError('"probability" must be at most 1'));
});
