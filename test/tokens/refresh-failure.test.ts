import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, RefreshError, TransportError } from 'credence';
import { asRefreshError, withoutRequest } from '../../src/tokens/refresh-failure.js';

describe('whatever a source throws becomes a RefreshError', () => {
  it('itself, where it is one', () => {
    const error = new RefreshError('invalid_grant', 'x');

    expect(asRefreshError(error)).toBe(error);
  });

  it.each([
    ['network_failed', 'endpoint_unreachable', true],
    ['timed_out', 'timed_out', true],
    ['tls_failed', 'endpoint_unreachable', false],
  ] as const)('F7 a transport’s %s as %s, as retryable as it was', (code, becomes, retryable) => {
    const cause = new TransportError(code, 'No connection to h:1.', { retryable });

    expect(asRefreshError(cause)).toMatchObject({ code: becomes, retryable, cause });
  });

  it('another error of ours with its message', () => {
    const cause = new ConfigurationError('file_not_found', 'Cannot read x.');

    expect(asRefreshError(cause)).toMatchObject({
      code: 'source_failed',
      message: expect.stringContaining('Cannot read x.') as string,
    });
  });

  it.each([new Error('SECRET'), 'SECRET', undefined, null, 5])('F82 anything else without its text: %s', (thrown) => {
    const error = asRefreshError(thrown);

    expect(error).toMatchObject({ code: 'source_failed', retryable: true });
    expect(error.message).not.toContain('SECRET');
  });
});

it('a cause that holds a request is left out', () => {
  const plain = new Error('x');

  expect(withoutRequest(plain)).toBe(plain);
  for (const held of ['config', 'request', 'response']) {
    expect(withoutRequest(Object.assign(new Error('x'), { [held]: {} }))).toBeUndefined();
  }
  expect(withoutRequest('SECRET')).toBeUndefined();
});

it('F78 a cause that wraps one that holds a request is left out, however it wraps it', () => {
  const request = Object.assign(new Error('x'), { config: { headers: { authorization: 'Bearer SECRET' } } });
  const circle: { cause?: unknown } = {};
  circle.cause = circle;

  const wrapped = [
    new Error('x', { cause: request }),
    new Error('x', { cause: new Error('y', { cause: request }) }),
    new AggregateError([new Error('x'), request]),
    circle,
  ];

  expect(wrapped.map(withoutRequest)).toEqual([undefined, undefined, undefined, undefined]);
  expect(inspect(asRefreshError(wrapped[0]), { depth: 20 })).not.toContain('SECRET');
});

it('a cause that wraps harmless ones is kept', () => {
  const plain = new Error('x', { cause: new AggregateError([new Error('y'), 'text', undefined]) });

  expect(withoutRequest(plain)).toBe(plain);
});
