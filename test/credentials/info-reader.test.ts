import { expect, test } from 'vitest';
import { openInfo, scopesIn, textIn, type InfoFormat, type OpenInfo } from '../../src/credentials/info-reader.js';

const CONTEXT = { where: 'the file /x.json', endpoints: undefined };

function opened(info: unknown, format: Partial<InfoFormat> = {}): OpenInfo {
  return openInfo(info, CONTEXT, { type: undefined, required: [], remedy: 'Make another.', ...format });
}

test('An empty string and null count as left out', () => {
  const info = opened({ a: '', b: null });

  expect([textIn(info, 'a'), textIn(info, 'b'), scopesIn(info, 'scopes')]).toEqual([undefined, undefined, undefined]);
});

test.each([null, [], 'text', 7])('What is no object is refused with the way to a good one: %j', (info) => {
  expect(() => opened(info)).toThrow(
    expect.objectContaining({
      code: 'wrong_type',
      message: 'The file /x.json does not hold a JSON object. Make another.',
    }),
  );
});

test('A field of the wrong type is named with its file, and its value is not quoted', () => {
  const message = '"a" of the file /x.json must be a string. Correct it, or leave it out.';

  expect(() => textIn(opened({ a: 7 }), 'a')).toThrow(expect.objectContaining({ code: 'invalid_field', message }));
});

test('All missing fields are named at once', () => {
  expect(() => {
    opened({ scopes: 'x' }, { required: ['a', 'scopes', 'b'] });
  }).toThrow(
    expect.objectContaining({ code: 'missing_fields', message: 'The file /x.json lacks "a", "b". Make another.' }),
  );
});

test('A known other type is named, and an unknown one is not quoted', () => {
  const complaint = (type: string): unknown => {
    try {
      opened({ type }, { type: 'service_account' });
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
  expect(scopesIn(opened({ scopes: 'a b' }), 'scopes')).toEqual(['a', 'b']);
  expect(() => scopesIn(opened({ scopes: 7 }), 'scopes')).toThrow(/"scopes" of the file/);
  expect(() => scopesIn(opened({ scopes: ['"'] }), 'scopes')).toThrow(/"scopes" of the file/);
  expect(() => textIn(opened({ a: 'http://example.com/' }), 'a', 'endpoint')).toThrow(/"a" of the file/);
  expect(() => textIn(opened({ a: 'x\r\ny' }), 'a', 'header')).toThrow(/visible ASCII/);
  expect(() => textIn(opened({ a: 'Not A Domain' }), 'a', 'universe')).toThrow(/a domain in lower case/);
});

test('F81 What a prototype supplies is not there', () => {
  const info = Object.create({ a: 'inherited' }) as object;

  expect(textIn(opened(info), 'a')).toBeUndefined();
});
