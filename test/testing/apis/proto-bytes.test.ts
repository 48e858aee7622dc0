import { expect, test } from 'vitest';
import { fromAnyBase64 } from '../../../src/testing/apis/proto-bytes.js';

const BYTES = [251, 255, 254, 1];

test.each(['+//+AQ==', '-__-AQ==', '+//+AQ', '-__-AQ'])('%s stands for bytes', (text) => {
  expect([...(fromAnyBase64(text) ?? [])]).toEqual(BYTES);
});

test('no text stands for no bytes', () => {
  expect(fromAnyBase64('')).toHaveLength(0);
});

test.each(['!!', 'a', 'abcde', 'YQ=', 'YQ===', '=', '====', 'Y=Q=', 'YWE==', '+__+AQ', 'YQ\n', ' YQ', 'YR'])(
  '%j stands for no bytes',
  (text) => {
    expect(fromAnyBase64(text)).toBeUndefined();
  },
);
