import { describe, expect, it } from 'vitest';
import { isGaxiosLike, requireRequestLike } from '../../src/transport/request-check.js';

class Client {
  request(): Promise<never> {
    return Promise.reject(new Error('not to be called'));
  }
}

const CLIENTS: readonly unknown[] = [
  new Client(),
  { request: (): void => undefined },
  Object.assign(Object.create(null), { request: (): void => undefined }),
];

describe('What is given as request', () => {
  it.each(CLIENTS.map((client, index) => [index, client]))(
    'may be an object with a request method (%i)',
    (_, client) => {
      expect(isGaxiosLike(client)).toBe(true);
      expect(() => {
        requireRequestLike(client, 'request');
      }).not.toThrow();
    },
  );

  it('may be a function, which is not called, and is no such object even if it has that method', () => {
    const callable = Object.assign(
      () => {
        throw new Error('called');
      },
      { request: (): void => undefined },
    );

    expect(isGaxiosLike(callable)).toBe(false);
    expect(() => {
      requireRequestLike(callable, 'request');
    }).not.toThrow();
  });

  it.each(['defaults', 'interceptors'])('F82 is refused where it is an axios instance, told by its "%s"', (name) => {
    const axios = Object.assign(() => expect.unreachable('It was called.'), {
      request: (): void => undefined,
      [name]: {},
    });

    expect(() => {
      requireRequestLike(axios, 'transport');
    }).toThrow(
      new TypeError(
        '"transport" must not be an axios instance: pass a transport function that calls it, a Gaxios, or nothing for the default',
      ),
    );
  });

  it.each([undefined, null, 'https://x', 7, {}, [], { request: 'POST' }, { fetch: (): void => undefined }])(
    'F82 is refused where it is %j, by the name of the argument',
    (value) => {
      expect(isGaxiosLike(value)).toBe(false);
      expect(() => {
        requireRequestLike(value, 'transport');
      }).toThrow(
        new TypeError(
          '"transport" must be a transport function or an object with a "request" method, such as a Gaxios',
        ),
      );
    },
  );
});
