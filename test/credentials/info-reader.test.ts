import { expect, test } from 'vitest';
import { InfoReader } from '../../src/credentials/info-reader.js';

type Field = 'a' | 'b' | 'endpoint' | 'scopes' | 'type' | 'universe';

const CONTEXT = { where: 'the file /x.json', endpoints: undefined };

function reader(info: unknown): InfoReader<Field> {
  return new InfoReader<Field>(info, CONTEXT, 'Make another.');
}

test('An empty string and null count as left out', () => {
  const fields = reader({ a: '', b: null });

  expect([fields.text('a'), fields.text('b'), fields.scopes('scopes')]).toEqual([undefined, undefined, undefined]);
});

test.each([null, [], 'text', 7])('What is no object is refused with the way to a good one: %j', (info) => {
  expect(() => reader(info)).toThrow(
    expect.objectContaining({
      code: 'wrong_type',
      message: 'The file /x.json does not hold a JSON object. Make another.',
    }),
  );
});

test('A field of the wrong type is named with its file, and its value is not quoted', () => {
  const message = '"a" of the file /x.json must be a string. Correct it, or leave it out.';

  expect(() => reader({ a: 7 }).text('a')).toThrow(expect.objectContaining({ code: 'invalid_field', message }));
});

test('All missing fields are named at once', () => {
  expect(() => {
    reader({ scopes: 'x' }).require(['a', 'scopes', 'b']);
  }).toThrow(
    expect.objectContaining({ code: 'missing_fields', message: 'The file /x.json lacks "a", "b". Make another.' }),
  );
});

test('A known other type is named, and an unknown one is not quoted', () => {
  const complaint = (type: string): unknown => {
    try {
      reader({ type }).requireType('service_account', 'type');
    } catch (error) {
      return error;
    }
    return undefined;
  };

  expect(complaint('authorized_user')).toMatchObject({
    code: 'wrong_type',
    message: expect.stringContaining(`type "authorized_user"`),
  });
  expect(complaint('s3cret')).toMatchObject({ code: 'wrong_type', message: expect.not.stringContaining('s3cret') });
  expect(complaint('service_account')).toBeUndefined();
});

test('Scopes, endpoints, header values and universes are checked as what they are', () => {
  expect(reader({ scopes: 'a b' }).scopes('scopes')).toEqual(['a', 'b']);
  expect(() => reader({ scopes: 7 }).scopes('scopes')).toThrow(/"scopes" of the file/);
  expect(() => reader({ scopes: ['"'] }).scopes('scopes')).toThrow(/"scopes" of the file/);
  expect(() => reader({ endpoint: 'http://example.com/' }).endpoint('endpoint')).toThrow(/"endpoint" of the file/);
  expect(() => reader({ a: 'x\r\ny' }).headerText('a')).toThrow(/visible ASCII/);
  expect(() => reader({ universe: 'Not A Domain' }).universeDomain('universe')).toThrow(/a domain in lower case/);
});

test('F81 What a prototype supplies is not there', () => {
  const info = Object.create({ a: 'inherited' }) as object;

  expect(reader(info).text('a')).toBeUndefined();
});
