import { expect, test } from 'vitest';
import { withoutTokens } from '../../src/base/token-like.js';

test.each([
  'ya29.a0AfH6SM',
  '1//0gAbCdEf',
  'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln',
  'AIzaSyAbCdEf',
  'GOCSPX-abcdef',
  'x'.repeat(40),
  'Bearer abc123def',
  'basic dXNlcjpwYXNzd29yZDE=',
])('F79 %j looks like a token and is masked', (token) => {
  expect(withoutTokens(`It was "${token}".`)).toBe('It was "[redacted]".');
});

test.each([
  'Basic authentication failed',
  'Bearer tokens are refused',
  'connect ECONNREFUSED 127.0.0.1:443',
  "ENOENT: no such file or directory, open '/srv/app/key.json'",
])('%j looks like none', (text) => {
  expect(withoutTokens(text)).toBe(text);
});
