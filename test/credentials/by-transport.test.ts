import { expect, test } from 'vitest';
import { systemClock, type Transport } from 'credence';
import { manualClock } from 'credence/testing';
import { ByTransport } from '../../src/credentials/by-transport.js';

const aTransport = (): Transport => () => Promise.reject(new Error('unused'));

test('Who gives the same transport and clock gets the same', () => {
  const held = new ByTransport<object>();
  const [transport, clock] = [aTransport(), manualClock()];
  const client = { request: () => Promise.reject(new Error('unused')) };

  for (const one of [transport, client, undefined]) {
    const made = held.of(one, clock, () => ({}));
    expect(held.of(one, clock, () => ({}))).toBe(made);
  }
});

test('Another transport, the default one, and another clock have their own', () => {
  const held = new ByTransport<object>();
  const [transport, clock] = [aTransport(), manualClock()];
  const make = (): object => ({});

  const all = [
    held.of(transport, clock, make),
    held.of(aTransport(), clock, make),
    held.of(transport, manualClock(), make),
    held.of(transport, systemClock, make),
    held.of(undefined, clock, make),
    held.of(undefined, systemClock, make),
  ];

  expect(new Set(all).size).toBe(all.length);
});

test('What cannot be made is not remembered', () => {
  const held = new ByTransport<string>();

  expect(() =>
    held.of(undefined, systemClock, () => {
      throw new Error('not now');
    }),
  ).toThrow('not now');
  expect(held.of(undefined, systemClock, () => 'now')).toBe('now');
});
