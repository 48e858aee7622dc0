import { expect, it } from 'vitest';
import { StaticCredentials } from 'credence';
import { noteAccepted, noteRefused, wasAccepted } from '../../src/interop/accepted-tokens.js';

const [HERE, THERE] = ['https://a.example', 'https://b.example'];

it('F44 Tokens that were accepted are remembered, for each API and each credentials', () => {
  const [one, other] = [new StaticCredentials('x'), new StaticCredentials('x')];

  noteAccepted(one, HERE, 'first');
  noteAccepted(one, HERE, 'second');

  expect(['first', 'second', 'third'].map((token) => wasAccepted(one, HERE, token))).toEqual([true, true, false]);
  expect([wasAccepted(one, THERE, 'first'), wasAccepted(other, HERE, 'first')]).toEqual([false, false]);
});

it('F44 A token that was refused when it was new does not count as accepted, whatever other part of the API accepts it', () => {
  const credentials = new StaticCredentials('x');
  noteRefused(credentials, HERE, 'mixed');

  noteAccepted(credentials, HERE, 'mixed');

  expect(wasAccepted(credentials, HERE, 'mixed')).toBe(false);
});

it('F27 No more than five hundred tokens are remembered: the one noted first is forgotten', () => {
  const credentials = new StaticCredentials('x');

  for (let index = 0; index <= 500; index += 1) noteAccepted(credentials, HERE, `token-${String(index)}`);

  const remembered = [0, 1, 500].map((index) => wasAccepted(credentials, HERE, `token-${String(index)}`));
  expect(remembered).toEqual([false, true, true]);
});
