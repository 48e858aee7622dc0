import { expect, it } from 'vitest';
import { MetadataFacts } from '../../../src/credentials/metadata/metadata-facts.js';

it('a value that was answered is not asked for again', async () => {
  const facts = new MetadataFacts();

  const first = await facts.learn('project', () => Promise.resolve('one'));
  const second = await facts.learn('project', () => Promise.resolve('two'));

  expect([first, second, facts.get('project')]).toEqual(['one', 'one', 'one']);
});

it('callers at once share one question', async () => {
  const facts = new MetadataFacts();
  let asked = 0;
  const ask = (): Promise<string> => Promise.resolve(String((asked += 1)));

  const answers = await Promise.all([facts.learn('project', ask), facts.learn('project', ask)]);

  expect(answers).toEqual(['1', '1']);
});

it('values are kept apart by their names', async () => {
  const facts = new MetadataFacts();
  await facts.learn('project', () => Promise.resolve('p'));

  expect(facts.get('universe')).toBeUndefined();
  expect(await facts.learn('universe', () => Promise.resolve('u'))).toBe('u');
});

it('a failure reaches those who waited and is forgotten', async () => {
  const facts = new MetadataFacts();
  const failing = facts.learn('project', () => Promise.reject(new Error('down')));

  await expect(failing).rejects.toThrow('down');

  expect(await facts.learn('project', () => Promise.resolve('up'))).toBe('up');
});
