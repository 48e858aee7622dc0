import { expect, test } from 'vitest';
import { chainOf, systemErrorIn } from '../../src/transport/system-error.js';
import { expectNoSecret } from '../contract/secrets.js';

test('The copy holds what was said of the connection, and nothing else', () => {
  const system = Object.assign(new Error('connect to secret-place'), {
    code: 'ECONNREFUSED',
    errno: -111,
    syscall: 'connect',
    address: '127.0.0.1',
    port: 443,
    rawPacket: Buffer.from('secret-packet'),
    config: { data: 'secret-body' },
  });

  const copy = systemErrorIn(Object.assign(new Error('secret-outer'), { cause: system }));

  expect(copy).not.toBe(system);
  expect({ ...copy }).toEqual({ code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 443 });
  expect(copy?.message).toBe('connect ECONNREFUSED');
  expectNoSecret(copy ?? new Error('secret-'));
});

test('The first of many attempts to connect speaks for all of them', () => {
  const attempts = ['::1', '127.0.0.1'].map((address) =>
    Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect', address, port: 9 }),
  );

  const copy = systemErrorIn(Object.assign(new AggregateError(attempts), { code: 'ECONNREFUSED' }));

  expect({ ...copy }).toEqual({ code: 'ECONNREFUSED', syscall: 'connect', address: '::1', port: 9 });
});

test("node-fetch's name for the call is understood", () => {
  const copy = systemErrorIn(Object.assign(new Error('x'), { code: 'ENOTFOUND', erroredSysCall: 'getaddrinfo' }));

  expect(copy).toMatchObject({ code: 'ENOTFOUND', syscall: 'getaddrinfo' });
});

test.each([
  ['a number', 400],
  ['words', 'secret word'],
  ["a client's own", 'ERR_NETWORK'],
])('A code that is %s is no system error', (_what, code) => {
  expect(systemErrorIn(Object.assign(new Error('x'), { code }))).toBeUndefined();
});

test('Odd fields of a system error are left out', () => {
  const copy = systemErrorIn({
    code: 'ECONNRESET',
    syscall: 'secret words',
    address: { secret: 1 },
    port: 'secret-port',
    hostname: 'a\nb',
  });

  expect({ ...copy }).toEqual({ code: 'ECONNRESET' });
});

test('A chain of causes that bites its tail ends', () => {
  const [first, second] = [new Error('1'), new Error('2')];
  Object.assign(first, { cause: second });
  Object.assign(second, { cause: first });

  expect(chainOf(first).length).toBeLessThan(10);
  expect(systemErrorIn(first)).toBeUndefined();
});

test('A getter that throws is passed over', () => {
  const hostile = Object.defineProperty(new Error('x'), 'code', {
    get: () => {
      throw new Error('secret-getter');
    },
  });

  expect(systemErrorIn(hostile)).toBeUndefined();
});
