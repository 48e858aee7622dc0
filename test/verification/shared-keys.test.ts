import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { sharedKeys } from '../../src/verification/shared-keys.js';
import { answering, keysAnswer } from '../fixtures/id-tokens.js';

const certsUrl = 'https://issuer.example/keys';

test('Who asks for the same gets the same keys, even at once', async () => {
  const source = { certsUrl, transport: answering(keysAnswer()).transport, clock: manualClock() };

  const [one, two] = await Promise.all([sharedKeys(source), sharedKeys({ ...source })]);

  expect(two).toBe(one);
  expect(await sharedKeys(source)).toBe(one);
});

test('Another URL, another transport and another clock have keys of their own', async () => {
  const source = { certsUrl, transport: answering(keysAnswer()).transport, clock: manualClock() };
  const sources = [
    source,
    { ...source, certsUrl: `${certsUrl}/others` },
    { ...source, transport: answering(keysAnswer()).transport },
    { ...source, transport: undefined },
    { ...source, clock: manualClock() },
  ];

  const all = await Promise.all(sources.map((each) => sharedKeys(each)));

  expect(new Set(all).size).toBe(sources.length);
});

test('The number of issuers is bounded: who was not asked for the longest time is forgotten', async () => {
  const source = { certsUrl, transport: answering(keysAnswer()).transport, clock: manualClock() };
  const first = await sharedKeys(source);
  const second = await sharedKeys({ ...source, certsUrl: `${certsUrl}/2` });

  for (let index = 0; index < 99; index += 1) {
    await sharedKeys(source);
    await sharedKeys({ ...source, certsUrl: `${certsUrl}/more/${index}` });
  }

  expect(await sharedKeys(source)).toBe(first);
  expect(await sharedKeys({ ...source, certsUrl: `${certsUrl}/2` })).not.toBe(second);
});
