import { expect, test, vi } from 'vitest';
import { manualClock } from 'credence/testing';
import { fetchToken } from '../../src/server/fetch-token.js';
import { lasting, ScriptedCredentials, tokens } from '../fixtures/scripted-credentials.js';
import { HOUR_MS } from '../fixtures/token-server.js';

test('It asks the source each time, whatever is held.', async () => {
  const clock = manualClock();
  const credentials = new ScriptedCredentials({ clock, mint: lasting(clock, HOUR_MS) });

  const [first, second] = [await fetchToken(credentials), await fetchToken(credentials)];

  expect([first.value, second.value]).toEqual(['token-1', 'token-2']);
});

test('It takes what a token server takes.', async () => {
  const { value } = await fetchToken(() => tokens('from a function'.replaceAll(' ', '-')));

  expect(value).toBe('from-a-function');
});

test('F55 With a signal that has aborted nothing is asked.', async () => {
  const source = vi.fn(() => tokens('t'));

  await expect(fetchToken(source, { signal: AbortSignal.abort('gone') })).rejects.toBe('gone');

  expect(source).not.toHaveBeenCalled();
});

test.each([{ request: 5 }, { clock: {} }, { timeoutMs: 5 }])('%j is a TypeError.', async (options) => {
  await expect(fetchToken(() => tokens('t'), options as object)).rejects.toThrow(TypeError);
});
