import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { RefreshError, UserCredentials, type RefreshHandler, type RefreshHandlerResult } from 'credence';
import { manualClock } from 'credence/testing';
import { headersOf, turn } from '../../fixtures/scripted-credentials.js';
import { aUser, anEmulator } from '../../fixtures/user.js';

describe('a refresh handler', () => {
  const later = (): Date => new Date(Date.now() + 3_600_000);

  it('stands in where there is no refresh token, and is given the scopes and a request', async () => {
    const refreshHandler = vi.fn(() => Promise.resolve({ token: 'from-broker', expiry: later() }));
    const credentials = new UserCredentials({ refreshHandler, defaultScopes: 'a b' });

    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer from-broker' });

    expect(refreshHandler).toHaveBeenCalledWith(expect.any(Function), ['a', 'b']);
  });

  it('is never asked where there is a refresh token', async () => {
    const refreshHandler = vi.fn();
    const { credentials } = await aUser({ credentials: { refreshHandler } });

    await credentials.refresh();

    expect(refreshHandler).not.toHaveBeenCalled();
  });

  it('may reach its broker through the request it is given, retries included', async () => {
    const emulator = await anEmulator();
    const { user } = await emulator.authorizedUser();
    emulator.faults.next('api', { status: 503 });
    const credentials = new UserCredentials({
      refreshHandler: async (request) => {
        await request({ method: 'GET', url: emulator.apiUrl });
        return user.mint();
      },
    });

    await credentials.refresh();

    expect(emulator.requests.api).toBe(2);
  });

  it.each([
    ['nothing', undefined],
    ['no token', { expiry: new Date() }],
    ['a token with a line break', { token: 'a\nb', expiry: new Date(1e13) }],
    ['an expiry that is a number', { token: 'x', expiry: 5 }],
    ['an invalid date', { token: 'x', expiry: new Date(NaN) }],
  ])('F82 that returns %s is refused by its name', async (_what, result) => {
    const credentials = new UserCredentials({ refreshHandler: () => Promise.resolve(result as never) });

    await expect(credentials.refresh()).rejects.toMatchObject({
      code: 'handler_result_invalid',
      message: expect.stringContaining('refresh handler') as string,
    });
  });

  it('that returns a past expiry is refused', async () => {
    const credentials = new UserCredentials({
      refreshHandler: () => Promise.resolve({ token: 'x', expiry: new Date(1) }),
    });

    await expect(credentials.refresh()).rejects.toMatchObject({ code: 'token_already_expired' });
  });

  it('F82 that throws is wrapped with its cause, and asked again later', async () => {
    const cause = Object.assign(new Error('broker down'), { code: 'EBROKER', status: 503 });
    const credentials = new UserCredentials({ refreshHandler: () => Promise.reject(cause) });

    const error = await failureOf(credentials);

    expect(error).toMatchObject({ code: 'handler_failed', retryable: true });
    expect(error.cause).toBe(cause);
  });

  it('F82 that throws at once is wrapped in the same way', async () => {
    const cause = new TypeError('broker undefined');
    const refreshHandler = (): never => {
      throw cause;
    };

    const error = await failureOf(new UserCredentials({ refreshHandler }));

    expect(error).toMatchObject({ code: 'handler_failed', message: expect.stringContaining('TypeError') as string });
    expect(error.cause).toBe(cause);
  });

  it('may return its token without a promise', async () => {
    const refreshHandler: RefreshHandler = () => ({ token: 'at-hand', expiry: later() });

    expect(await headersOf(new UserCredentials({ refreshHandler }))).toEqual({ authorization: 'Bearer at-hand' });
  });

  it('F78 that throws the error of an HTTP client gives it away summed up, without its request', async () => {
    const thrown = Object.assign(new Error('Request failed with status code 403'), {
      name: 'AxiosError',
      code: 'ERR_BAD_REQUEST',
      status: 403,
      config: { headers: { authorization: 'Bearer secret-of-the-broker' }, data: 'secret-of-the-broker' },
    });

    const error = await failureOf(new UserCredentials({ refreshHandler: () => Promise.reject(thrown) }));

    expect(error).toMatchObject({
      message: expect.stringContaining('threw AxiosError') as string,
      cause: {
        name: 'AxiosError',
        message: 'Request failed with status code 403',
        code: 'ERR_BAD_REQUEST',
        status: 403,
      },
    });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('secret-of-the-broker');
  });

  it('F78 that cannot parse what its broker said does not give that away', async () => {
    const refreshHandler = (): RefreshHandlerResult => JSON.parse('secret-of-the-broker') as RefreshHandlerResult;

    const error = await failureOf(new UserCredentials({ refreshHandler }));

    expect(error).toMatchObject({ code: 'handler_failed', cause: { name: 'SyntaxError' } });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('secret-of');
  });

  it('F78 that throws an error of ours around one of an HTTP client gives the latter away summed up', async () => {
    const cause = Object.assign(new Error('gone'), { response: { data: 'secret-of-the-broker' } });
    const refreshHandler = (): Promise<never> =>
      Promise.reject(new RefreshError('invalid_grant', 'Sign in.', { cause }));

    const error = await failureOf(new UserCredentials({ refreshHandler }));

    expect(error).toMatchObject({ code: 'invalid_grant', message: 'Sign in.', cause: { message: 'gone' } });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('secret-of');
  });

  it('F82 that hangs is given up after thirty seconds', async () => {
    const clock = manualClock();
    const credentials = new UserCredentials({ clock, refreshHandler: () => new Promise(() => undefined) });
    const waiting = credentials.refresh().catch((caught: unknown) => caught);
    await turn();

    await clock.advance(30_000);

    expect(await waiting).toMatchObject({ code: 'timed_out' });
  });

  it.each([
    ['refresh()', (credentials: UserCredentials) => credentials.refresh()],
    ['beforeRequest()', (credentials: UserCredentials) => headersOf(credentials)],
  ])('F82 that asks its own credentials by %s is refused at once, the very first one too', async (_what, ask) => {
    // Modules that nobody has loaded yet, as in a process that has just begun.
    vi.resetModules();
    const { UserCredentials: Fresh } = await import('credence');
    const asked: unknown[] = [];
    const credentials: UserCredentials = new Fresh({
      refreshHandler: async () => {
        await ask(credentials).catch((error: unknown) => asked.push(error));
        return { token: 'from-broker', expiry: later() };
      },
    });

    await credentials.refresh();

    expect(asked).toMatchObject([{ code: 'source_failed', retryable: false }]);
  });

  it('of a short life is served with a window of a quarter', async () => {
    const clock = manualClock();
    const credentials = new UserCredentials({
      clock,
      refreshHandler: () => Promise.resolve({ token: 'x', expiry: new Date(clock.now() + 60_000) }),
    });
    await credentials.refresh();

    await clock.advance(44_000);

    expect(credentials.tokenState).toBe('fresh');
  });
});

/** What a refresh of them rejects with. */
async function failureOf(credentials: UserCredentials): Promise<RefreshError> {
  const error: unknown = await credentials.refresh().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RefreshError);
  return error as RefreshError;
}
