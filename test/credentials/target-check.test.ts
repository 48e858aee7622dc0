import { expect, it } from 'vitest';
import { requireSafeTarget } from '../../src/credentials/target-check.js';

it.each(['https://api.example.com/', 'http://127.0.0.1:8080/', 'http://metadata.google.internal/', '/relative'])(
  'a token may be sent to %s',
  (url) => {
    expect(() => requireSafeTarget(url, undefined)).not.toThrow();
  },
);

it('a token is not sent over plain http, unless that was allowed', () => {
  const url = 'http://api.example.com/';

  expect(() => requireSafeTarget(url, undefined)).toThrow(
    expect.objectContaining({ code: 'insecure_target' }) as Error,
  );
  expect(() => requireSafeTarget(url, false)).toThrow(/RFC 6750/);
  expect(() => requireSafeTarget(url, true)).not.toThrow();
});

it('a URL that is no string is refused by its name, whatever is allowed', () => {
  for (const allowed of [undefined, true]) {
    expect(() => requireSafeTarget(new URL('https://x') as never, allowed)).toThrow(/"url" must be a string/);
  }
});
