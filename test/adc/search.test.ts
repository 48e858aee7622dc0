import { expect, test } from 'vitest';
import { AnonymousCredentials, ConfigurationError } from 'credence';
import type { Found, PassedOver, Place } from '../../src/adc/place.js';
import { search } from '../../src/adc/search.js';
import { rejection } from '../contract/secrets.js';
import { aSearch } from '../fixtures/adc.js';

const FOUND: Found = { credentials: new AnonymousCredentials(), projectId: 'project' };
const empty = (place: string): PassedOver => ({ place, reason: 'nothing is there' });
const answering =
  (answer: Found | PassedOver): Place =>
  () =>
    Promise.resolve(answer);
const never: Place = () => Promise.reject(new Error('this place is not to be looked at'));

test('The first place that holds anything ends the search, with the options of the searcher', async () => {
  const looking = aSearch({ quotaProjectId: 'quota' });
  const seen: unknown[] = [];
  const place: Place = async (given) => {
    seen.push(given);
    return FOUND;
  };

  expect(await search(looking, [answering(empty('one')), place, never])).toBe(FOUND);
  expect(seen).toEqual([looking]);
});

test('Where all are empty they are listed in their order', async () => {
  const error = await rejection(search(aSearch(), [answering(empty('one')), answering(empty('two'))]));

  expect(error).toMatchObject({ code: 'no_credentials' });
  expect((error as Error).message.split('\n').slice(1, 3)).toEqual([
    '  - one: nothing is there',
    '  - two: nothing is there',
  ]);
});

test('A place that is set up wrongly ends it, and says what was passed over', async () => {
  const faulty: Place = () => Promise.reject(new ConfigurationError('invalid_json', 'It is cut short.'));

  const error = await rejection(search(aSearch(), [answering(empty('one')), faulty, never]));

  expect(error).toMatchObject({
    code: 'invalid_json',
    message: expect.stringContaining('  - one: nothing') as unknown,
  });
});

test('F55 A signal that aborts in between ends it with its reason', async () => {
  const leaving = new AbortController();
  const place: Place = async () => {
    leaving.abort('gone');
    return empty('one');
  };

  expect(await rejection(search(aSearch({}, { signal: leaving.signal }), [place, never]))).toBe('gone');
});
