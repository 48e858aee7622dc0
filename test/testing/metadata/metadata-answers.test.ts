import { expect, test } from 'vitest';
import { metadataJson, metadataRefusal, textAnswer } from '../../../src/testing/metadata/metadata-answers.js';

test('values are text or JSON', () => {
  expect(textAnswer('value')).toMatchObject({ status: 200, body: 'value' });
  expect(metadataJson({ a: 1 })).toMatchObject({ status: 200, body: '{"a":1}' });
});

test('a refusal is a web page that says why', () => {
  const { status, headers, body } = metadataRefusal(403, 'The reason.');

  expect([status, headers['content-type']]).toEqual([403, 'text/html; charset=UTF-8']);
  expect(body).toContain('Error 403 (Forbidden)');
  expect(body).toContain('The reason.');
});
