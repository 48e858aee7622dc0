/** A request full of secrets, and a search for them in what came of it. */
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { TransportError } from '../../src/errors.js';
import type { TransportRequest } from '../../src/transport/transport.js';

const SECRETS = /secret-/;

/** A deep-frozen POST with secrets in its header, body, path and query. */
export function secretRequest(base: string, path: string, overrides: Partial<TransportRequest> = {}): TransportRequest {
  const headers = Object.freeze({
    authorization: 'Bearer secret-bearer',
    'content-type': 'application/x-www-form-urlencoded',
  });
  const url = `${base}${path}/secret-path?key=secret-query`;
  return Object.freeze({
    method: 'POST',
    url,
    headers,
    body: 'refresh_token=secret-body&grant_type=refresh_token',
    ...overrides,
  });
}

/** What the promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => expect.unreachable('It was expected to reject.'),
    (error: unknown) => error,
  );
}

/** The `TransportError` that the promise rejects with, after a look for secrets and for errors of the HTTP client in it. */
export async function transportFailure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await rejection(promise);
  expect(error).toBeInstanceOf(TransportError);
  expectNoSecret(error as TransportError);
  return error as TransportError;
}

/** Looks everywhere that a log or a debugger would. */
export function expectNoSecret(error: Error): void {
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(SECRETS);
  expect(JSON.stringify(error)).not.toMatch(SECRETS);
  expect(`${error.stack} ${error.message} ${String(error)}`).not.toMatch(SECRETS);
  for (let cause = error.cause; cause !== undefined; cause = (cause as Error).cause) {
    expect(cause).not.toHaveProperty('config');
    expect(cause).toMatchObject({ code: expect.any(String) });
  }
}
