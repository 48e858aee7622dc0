import { expect, it } from 'vitest';
import { ON_FIRST_USE } from '../../src/credentials/on-first-use.js';

it('what kinds mint and sign with is loaded together, once', async () => {
  const loaded = await ON_FIRST_USE.load();

  expect(Object.values(loaded).every((loadedOne) => typeof loadedOne === 'function')).toBe(true);
  expect(Object.keys(loaded)).toEqual(expect.arrayContaining(['flightTransport', 'mintForUser', 'mintMetadataToken']));
  expect(await ON_FIRST_USE.load()).toBe(loaded);
  expect(ON_FIRST_USE.value).toBe(loaded);
});
