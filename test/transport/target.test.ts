import { expect, test } from 'vitest';
import { hostAndPort, parseTarget } from '../../src/transport/target.js';

test.each([
  ['https://example.com/secret?x=secret', 'example.com:443'],
  ['http://example.com', 'example.com:80'],
  ['http://user:pass@127.0.0.1:8080/x', '127.0.0.1:8080'],
  ['https://[::1]/x', '[::1]:443'],
  ['secret-nonsense', 'the server'],
])('Of %s only host and port are told', (url, expected) => {
  expect(hostAndPort(url)).toBe(expected);
});

test.each(['', '/token', 'ftp://example.com', 'file:///etc/passwd', 'data:,x', undefined as unknown as string])(
  '%s is not a URL to send to',
  (url) => {
    expect(() => parseTarget(url)).toThrow(new TypeError('"url" must be an absolute http: or https: URL'));
  },
);
