import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, RefreshError, TransportError } from 'credence';
import { asRefreshError } from '../../src/tokens/refresh-failure.js';

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

it('what was thrown is the cause where it holds nothing secret', () => {
  const thrown = new TypeError('x', { cause: new Error('y') });

  expect(asRefreshError(thrown)).toMatchObject({
    code: 'source_failed',
    message: expect.stringContaining('TypeError') as string,
  });
  expect(asRefreshError(thrown).cause).toBe(thrown);
});

describe('F78 no request that somebody hung onto an error comes out', () => {
  const aClientError = (): Error =>
    Object.assign(new Error('Request failed'), {
      config: { headers: { authorization: 'Bearer SECRET' } },
      status: 401,
    });
  const isSummedUp = (cause: unknown): void => {
    expect(cause).toMatchObject({ message: 'Request failed', status: 401 });
    expect(cause).not.toHaveProperty('config');
  };

  it('as the cause', () => {
    isSummedUp(asRefreshError(aClientError()).cause);
  });

  it('as the cause of the cause, or as one of many', () => {
    const { cause } = asRefreshError(new Error('x', { cause: new AggregateError([aClientError()]) }));

    isSummedUp((((cause as Error).cause as AggregateError).errors as unknown[])[0]);
    expect(inspect(cause, { depth: 20, showHidden: true })).not.toContain('SECRET');
  });

  it('as the cause of an error of ours that somebody else made', () => {
    const refresh = asRefreshError(new RefreshError('invalid_grant', 'Gone.', { cause: aClientError(), status: 400 }));
    const transport = asRefreshError(
      new TransportError('timed_out', 'Slow.', { cause: aClientError(), retryable: true }),
    );
    const other = asRefreshError(new ConfigurationError('invalid_json', 'Odd.', { cause: aClientError() }));

    expect(refresh).toMatchObject({ code: 'invalid_grant', message: 'Gone.', status: 400 });
    expect(transport).toMatchObject({
      code: 'timed_out',
      retryable: true,
      cause: { code: 'timed_out', message: 'Slow.' },
    });
    expect(other).toMatchObject({ code: 'source_failed', cause: { code: 'invalid_json', message: 'Odd.' } });
    isSummedUp(refresh.cause);
    isSummedUp((transport.cause as Error).cause);
    isSummedUp((other.cause as Error).cause);
  });
});

it('F78 what V8 says of a text that is no JSON does not come out', async () => {
  const error = await Promise.resolve('SECRET is no JSON')
    .then(JSON.parse)
    .catch((thrown: unknown) => asRefreshError(thrown));

  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('SECRET');
  expect(error).toMatchObject({
    message: expect.stringContaining('SyntaxError') as string,
    cause: { name: 'SyntaxError' },
  });
});
