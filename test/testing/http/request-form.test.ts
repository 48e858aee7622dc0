import { expect, test } from 'vitest';
import type { Incoming } from '../../../src/testing/http/http-exchange.js';
import { formOrQuery, readForm, requireField } from '../../../src/testing/http/request-form.js';
import { Refusal } from '../../../src/testing/oauth/refusal.js';

const FORM = 'application/x-www-form-urlencoded';

function aRequest(body: string, contentType?: string, query = ''): Incoming {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  return { method: 'POST', url: new URL(`http://127.0.0.1/${query}`), headers, body };
}

test('a form is decoded, and its empty fields count as absent', () => {
  const form = readForm(aRequest('a=1%2F%2F+2&b=', `${FORM}; charset=UTF-8`));

  expect([...form]).toEqual([['a', '1// 2']]);
});

test('a form is recognised whatever the case of its content type', () => {
  expect(readForm(aRequest('a=1', FORM.toUpperCase())).get('a')).toBe('1');
});

test.each([
  ['another content type', aRequest('a=1', 'text/plain')],
  ['no content type', aRequest('a=1')],
  ['a repeated field', aRequest('a=1&a=1', FORM)],
])('a body with %s is refused', (_what, incoming) => {
  expect(() => readForm(incoming)).toThrow(Refusal);
});

test('a field that must be there is given, or missed by name', () => {
  expect(requireField(new Map([['a', '1']]), 'a')).toBe('1');
  expect(() => requireField(new Map(), 'a')).toThrow('Required parameter is missing: a');
});

test('the form comes before the query, and counts only where it is one', () => {
  expect(formOrQuery(aRequest('t=form', FORM, '?t=query'), 't')).toBe('form');
  expect(formOrQuery(aRequest('t=form', 'text/plain', '?t=query'), 't')).toBe('query');
  expect(formOrQuery(aRequest('', undefined), 't')).toBeUndefined();
});
