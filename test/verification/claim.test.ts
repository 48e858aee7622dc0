import { expect, test } from 'vitest';
import { toJsonObject } from '../../src/base/json.js';
import { claimInvalid, requireInstant, requireText, requireTexts } from '../../src/verification/claim.js';

const read = (json: string): ReturnType<typeof requireText> => requireText(toJsonObject(JSON.parse(json))!, 'sub');

test('A text is given as it is', () => {
  expect(read('{"sub":"a"}')).toBe('a');
});

test.each(['{}', '{"sub":""}', '{"sub":1}', '{"sub":null}', '{"sub":["a"]}', '{"__proto__":{"sub":"a"}}'])(
  'F81 A text must be an own, filled string: %s',
  (json) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
  },
);

test('A list may be one text', () => {
  expect(requireTexts({ aud: 'a' }, 'aud')).toEqual(['a']);
  expect(requireTexts({ aud: ['a', 'b'] }, 'aud')).toEqual(['a', 'b']);
});

test.each([[[]], [['a', 1]], [{}], [''], [undefined]])('A list must hold texts, and one at least: %j', (aud) => {
  expect(() => requireTexts({ aud }, 'aud')).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
});

test('An instant is told in milliseconds, fractions of a second included', () => {
  expect(requireInstant({ exp: 1.5 }, 'exp')).toBe(1500);
});

test.each([['1'], [null], [Infinity], [true], [undefined]])('An instant must be a number: %j', (exp) => {
  expect(() => requireInstant({ exp }, 'exp')).toThrow(expect.objectContaining({ code: 'claim_invalid' }));
});

test('What is wrong with a claim does not get better by trying again', () => {
  expect(claimInvalid('No.')).toMatchObject({ message: 'No.', retryable: false });
});
