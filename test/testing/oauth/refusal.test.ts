import { expect, test } from 'vitest';
import { Refusal } from '../../../src/testing/oauth/refusal.js';

test('a refusal answers 400 with the error and its description', () => {
  const { answer } = new Refusal('invalid_scope', 'Too much.');

  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toEqual({ error: 'invalid_scope', error_description: 'Too much.' });
});

test('a refusal may have another status, further headers and further members', () => {
  const { answer } = new Refusal('e', 'd', { status: 401, headers: { 'x-y': 'z' }, members: { error_subtype: 's' } });

  expect(answer).toMatchObject({ status: 401, headers: { 'x-y': 'z' } });
  expect(JSON.parse(answer.body)).toMatchObject({ error_subtype: 's' });
});
