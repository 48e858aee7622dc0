import { expect, test } from 'vitest';
import { anEmulator, ask } from '../emulator-client.js';

test('redirects to where the query says, with the status that it says', async () => {
  const emulator = await anEmulator();
  const to = 'http://127.0.0.2/elsewhere?a=b';

  const plain = await ask(`${emulator.url}/redirect?to=${encodeURIComponent(to)}`);
  const permanent = await ask(`${emulator.url}/redirect?status=308&to=${encodeURIComponent(to)}`);

  expect([plain.status, plain.headers.get('location')]).toEqual([302, to]);
  expect([permanent.status, permanent.headers.get('location')]).toEqual([308, to]);
});

test.each(['', '?to=http://127.0.0.2/&status=200', '?status=307'])('refuses the query "%s"', async (query) => {
  const emulator = await anEmulator();

  const { status } = await ask(`${emulator.url}/redirect${query}`);

  expect(status).toBe(400);
});
