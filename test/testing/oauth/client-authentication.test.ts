import { expect, test } from 'vitest';
import { authenticateClient } from '../../../src/testing/oauth/client-authentication.js';
import { Grants } from '../../../src/testing/oauth/grants.js';
import type { Client } from '../../../src/testing/oauth/grants.js';
import { Refusal } from '../../../src/testing/oauth/refusal.js';

const grants = new Grants();
const known = grants.add([]).client;

function authenticate(form: Record<string, string>, authorization?: string): Client | Record<string, unknown> {
  const headers = authorization === undefined ? {} : { authorization };
  const incoming = { method: 'POST', url: new URL('http://127.0.0.1/token'), headers, body: '' };
  try {
    return authenticateClient(incoming, new Map(Object.entries(form)), grants);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.answer.status, ...(JSON.parse(error.answer.body) as object) };
  }
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}

test('recognises a client by its posted secret', () => {
  expect(authenticate({ client_id: known.id, client_secret: known.secret })).toBe(known);
});

test('recognises a client by basic authentication, with or without the client_id in the form', () => {
  expect(authenticate({}, basic(known.id, known.secret))).toBe(known);
  expect(authenticate({ client_id: known.id }, basic(known.id, known.secret))).toBe(known);
});

test('decodes both parts of basic authentication', () => {
  const percentEncoded = (text: string): string => Array.from(text, (c) => `%${c.charCodeAt(0).toString(16)}`).join('');
  const credentials = `${percentEncoded(known.id)}:${percentEncoded(known.secret)}`;

  expect(authenticate({}, `basic ${Buffer.from(credentials).toString('base64')}`)).toBe(known);
});

test.each([
  ['a wrong posted secret', { client_id: known.id, client_secret: 'wrong' }, undefined],
  ['an unknown client', { client_id: 'unknown', client_secret: known.secret }, undefined],
  ['a wrong basic secret', {}, basic(known.id, 'wrong')],
  ['basic credentials without a colon', {}, `Basic ${Buffer.from('nothing').toString('base64')}`],
  ['basic credentials with a broken escape', {}, `Basic ${Buffer.from('%zz:x').toString('base64')}`],
])('refuses %s with 401 invalid_client', (_what, form, authorization) => {
  expect(authenticate(form as Record<string, string>, authorization)).toMatchObject({
    status: 401,
    error: 'invalid_client',
  });
});

test.each([
  ['no client at all', {}, undefined],
  ['no secret', { client_id: known.id }, undefined],
  ['two ways of authenticating', { client_secret: known.secret }, basic(known.id, known.secret)],
  ['two different clients', { client_id: 'other' }, basic(known.id, known.secret)],
])('refuses %s with 400 invalid_request', (_what, form, authorization) => {
  expect(authenticate(form as Record<string, string>, authorization)).toMatchObject({
    status: 400,
    error: 'invalid_request',
  });
});
