import { expect, test } from 'vitest';
import { kindOf, letsProcess, readFault } from '../../../src/testing/faults/fault-reading.js';
import type { Fault } from '../../../src/testing/faults/fault.js';

test.each<[Fault, string, boolean]>([
  [{ status: 503 }, 'status', false],
  [{ status: 500, json: {} }, 'json', false],
  [{ status: 302, redirect: 'http://127.0.0.2/' }, 'redirect', false],
  [{ html: true }, 'html', false],
  [{ bytes: 2 }, 'bytes', false],
  [{ hang: true }, 'hang', false],
  [{ hang: 'before' }, 'hang', false],
  [{ hang: 'after' }, 'hang', true],
  [{ reset: 'before' }, 'reset', false],
  [{ reset: 'after' }, 'reset', true],
  [{ slowBody: 1 }, 'slowBody', true],
  [{ truncate: 1 }, 'truncate', true],
  [{ delayMs: 1 }, 'delayMs', true],
  [{ delayMs: 1, status: 503 }, 'status', false],
  [{ delayMs: 1, hang: true }, 'hang', false],
])('%j is of kind %s and lets the request be processed: %s', (fault, kind, processes) => {
  expect(kindOf(fault)).toBe(kind);
  expect(letsProcess(fault)).toBe(processes);
});

test('members that are undefined do not count', () => {
  const fault = readFault({ status: 503, hang: undefined, headers: undefined } as never);

  expect(kindOf(fault)).toBe('status');
  expect(Object.keys(fault)).toEqual(['status']);
});

test('a fault is kept as a frozen copy', () => {
  const fault = { status: 503 };

  const kept = readFault(fault);
  fault.status = 200;

  expect(kept).toEqual({ status: 503 });
  expect(Object.isFrozen(kept)).toBe(true);
});

test.each<[unknown, string | RegExp]>([
  [undefined, '"fault" must be a plain object'],
  [{ stauts: 503 }, /^"fault" must not hold "stauts": it takes status, headers, /],
  [{}, '"fault" must have one of the members of a Fault, such as status or hang'],
  [{ hang: true, html: true }, '"fault" must not combine hang and html'],
  [{ status: 99 }, '"status" must be an integer from 200 to 599'],
  [{ status: '503' }, '"status" must be an integer from 200 to 599'],
  [{ json: {}, status: 600 }, '"status" must be an integer from 200 to 599'],
  [{ hang: false }, `"hang" must be one of true, 'before', 'after'`],
  [{ json: {}, headers: {} }, '"fault" must not hold "headers": it takes json, status, delayMs'],
  [{ hang: true, status: 503 }, '"fault" must not hold "status": it takes hang, delayMs'],
  [{ delayMs: 1, body: 'late' }, '"fault" must not hold "body": it takes delayMs'],
  [{ reset: 'now' }, "\"reset\" must be one of 'before', 'after'"],
  [{ slowBody: -1 }, '"slowBody" must be a finite number of at least 0'],
  [{ truncate: NaN }, '"truncate" must be a finite number of at least 0'],
  [{ bytes: 1 }, '"bytes" must be a finite number of at least 2'],
  [{ status: 503, delayMs: 'long' }, '"delayMs" must be a finite number of at least 0'],
])('%j is refused with a TypeError', (fault, message) => {
  const reading = (): Fault => readFault(fault as Fault);

  expect(reading).toThrow(TypeError);
  expect(reading).toThrow(message);
});
