import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, expect, test, vi } from 'vitest';
import { publish } from '../../src/tokens/channels.js';

const heard: unknown[] = [];
const listen = (message: unknown): void => {
  heard.push(message);
};

afterEach(() => {
  unsubscribe('credence:notice', listen);
});

test('Nothing is described while nobody listens', () => {
  const describe = vi.fn(() => ({ name: 'saved' as const, message: 'It is saved.' }));

  publish('credence:notice', describe);

  expect(describe).not.toHaveBeenCalled();
});

test('Whoever listens is handed a frozen description', () => {
  subscribe('credence:notice', listen);

  publish('credence:notice', () => ({ name: 'saved', message: 'It is saved.' }));

  expect(heard).toEqual([{ name: 'saved', message: 'It is saved.' }]);
  expect(Object.isFrozen(heard[0])).toBe(true);
});
