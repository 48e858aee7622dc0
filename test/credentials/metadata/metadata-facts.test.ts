import { expect, it } from 'vitest';
import { learn, type MetadataFacts } from '../../../src/credentials/metadata/metadata-facts.js';

function noFacts(): MetadataFacts {
  return { known: new Map(), asking: new Map() };
}

it('a value that was answered is not asked for again', async () => {
  const facts = noFacts();

  const first = await learn(facts, 'project', () => Promise.resolve('one'));
  const second = await learn(facts, 'project', () => Promise.resolve('two'));

  expect([first, second, facts.known.get('project')]).toEqual(['one', 'one', 'one']);
});

it('callers at once share one question', async () => {
  const facts = noFacts();
  let asked = 0;
  const ask = (): Promise<string> => Promise.resolve(String((asked += 1)));

  const answers = await Promise.all([learn(facts, 'project', ask), learn(facts, 'project', ask)]);

  expect(answers).toEqual(['1', '1']);
});

it('values are kept apart by their names', async () => {
  const facts = noFacts();
  await learn(facts, 'project', () => Promise.resolve('p'));

  expect(facts.known.get('universe')).toBeUndefined();
  expect(await learn(facts, 'universe', () => Promise.resolve('u'))).toBe('u');
});

it('a failure reaches those who waited and is forgotten', async () => {
  const facts = noFacts();
  const failing = learn(facts, 'project', () => Promise.reject(new Error('down')));

  await expect(failing).rejects.toThrow('down');

  expect(await learn(facts, 'project', () => Promise.resolve('up'))).toBe('up');
});
