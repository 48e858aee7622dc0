import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  ConfigurationError,
  CredenceError,
  RefreshError,
  TransportError,
  type RefreshErrorOptions,
} from '../src/errors.js';

const EVERY = [
  ['ConfigurationError', new ConfigurationError('invalid_json', 'said')],
  ['RefreshError', new RefreshError('invalid_grant', 'said')],
  ['TransportError', new TransportError('dns_failed', 'said')],
] as const;

describe.each(EVERY)('A %s', (name, error) => {
  it('is an Error and a CredenceError, and no other of them', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(CredenceError);
    const kinds = [ConfigurationError, RefreshError, TransportError].filter((kind) => error instanceof kind);
    expect(kinds.map((kind) => kind.prototype.name)).toEqual([name]);
  });

  it('shows its name, message and code', () => {
    expect(String(error)).toBe(`${name}: said`);
    expect(error.stack).toMatch(new RegExp(`^${name}: said\\n +at `));
    expect(inspect(error)).toContain(`code: '${error.code}'`);
  });

  it('has the name on its class, where neither JSON nor a bundler that renames classes reaches it', () => {
    expect(Object.keys(error)).not.toContain('name');
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: error.code, retryable: false });
    expect(JSON.parse(JSON.stringify(error))).not.toHaveProperty('message');
  });

  it('is not retryable and has no cause unless it is told otherwise', () => {
    expect(error.retryable).toBe(false);
    expect('cause' in error).toBe(false);
  });
});

describe('What an error is given', () => {
  it('is kept: the cause, and whether to try again', () => {
    const cause = new Error('inner');

    const error = new ConfigurationError('file_unreadable', 'said', { cause, retryable: true });

    expect(error).toMatchObject({ code: 'file_unreadable', retryable: true });
    expect(error.cause).toBe(cause);
  });

  it.each([null, 0, '', false])('is kept where the cause is %j', (cause) => {
    expect(new RefreshError('source_failed', 'said', { cause })).toHaveProperty('cause', cause);
  });

  it('is kept of a refusal: what the server said, and when to ask again', () => {
    const details: Required<RefreshErrorOptions> = {
      cause: undefined,
      retryable: true,
      oauthError: 'invalid_grant',
      errorDescription: 'Bad Request',
      subtype: 'invalid_rapt',
      status: 0,
      nextAttemptAt: 0,
    };

    const error = new RefreshError('reauth_required', 'said', details);

    const { cause, ...kept } = details;
    expect(cause).toBeUndefined();
    expect(error).toMatchObject(kept);
  });

  it('leaves no empty fields on a RefreshError that knows nothing more', () => {
    const nothing: RefreshErrorOptions = {
      oauthError: undefined,
      errorDescription: undefined,
      subtype: undefined,
      status: undefined,
      nextAttemptAt: undefined,
    };

    expect(Object.keys(new RefreshError('no_token', 'said', nothing)).sort()).toEqual(['code', 'retryable']);
  });

  it.each([
    [undefined, false],
    [false, false],
    [true, true],
  ])('F8 where sent is %j says whether the request may have reached the server: %j', (sent, expected) => {
    const error = new TransportError('network_failed', 'said', { sent, retryable: undefined });

    expect([error.sent, error.retryable]).toEqual([expected, false]);
  });
});
