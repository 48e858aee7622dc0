import { expect, test } from 'vitest';
import { checkedAnswer } from '../../src/transport/answer-check.js';

const headers = { get: () => null };

test.each([100, 200, 599])('Status %i is one of HTTP', (status) => {
  expect(checkedAnswer({ status, headers, body: '' }, 'https://example.com').status).toBe(status);
});

test.each([0, 99, 600, 200.5, Number.NaN, '200', null])('Status %s is none', (status) => {
  expect(() => checkedAnswer({ status, headers, body: '' }, 'https://example.com')).toThrow('"status"');
});

test.each([
  ['x'.repeat(1_048_576), true],
  ['x'.repeat(1_048_577), false],
  ['ü'.repeat(524_288), true],
  ['ü'.repeat(524_289), false],
])('F16 The cap is counted in bytes', (body, fits) => {
  const check = (): unknown => checkedAnswer({ status: 200, headers, body }, 'https://example.com');

  if (fits) expect(check()).toMatchObject({ status: 200 });
  else expect(check).toThrow('larger than 1048576 bytes');
});
