import { expect, test } from 'vitest';
import { ownRequest } from '../../src/transport/own-request.js';

test('A copy holds what was said of the request, and inherits nothing', () => {
  const request = { method: 'GET', url: 'https://example.com/', timeoutMs: 5 };

  const own = ownRequest(request);

  expect(own).not.toBe(request);
  expect({ ...own }).toEqual(request);
  expect(Object.isFrozen(own)).toBe(true);
  expect('toString' in own).toBe(false);
});

test('A request that was made here is given back as it is', () => {
  const own = ownRequest({ method: 'GET', url: 'https://example.com/' });

  expect(ownRequest(own)).toBe(own);
});
