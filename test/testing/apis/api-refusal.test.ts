import { expect, test } from 'vitest';
import { ApiRefusal, apiError } from '../../../src/testing/apis/api-refusal.js';

test.each([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
] as const)('an error with the status %i says %s', (code, status) => {
  const answer = apiError(code, 'why', { 'x-more': '1' });

  expect(answer).toMatchObject({ status: code, headers: { 'x-more': '1' } });
  expect(JSON.parse(answer.body)).toEqual({ error: { code, message: 'why', status } });
});

test('a refusal carries its answer, with details', () => {
  const refusal = new ApiRefusal(403, 'why', { details: [1] });

  expect(refusal.message).toBe('why');
  expect(JSON.parse(refusal.answer.body)).toMatchObject({ error: { code: 403, details: [1] } });
});
