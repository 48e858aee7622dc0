import { describe, expect, test } from 'vitest';
import { clientOptions } from '../../../src/credentials/client/client-options.js';

const RIGHT = { tokenUri: 'https://as.example.com/token', clientId: 'client', clientSecret: 'secret' };

test('They are copied, frozen and completed', () => {
  const parameters = { audience: 'api' };

  const own = clientOptions({ ...RIGHT, scopes: 'one  two', parameters, ...{ unknown: 1 } });
  parameters.audience = 'changed';

  expect({ ...own }).toEqual({
    ...RIGHT,
    clientAuthentication: 'client_secret_basic',
    scopes: ['one', 'two'],
    parameters: { audience: 'api' },
  });
  expect(Object.isFrozen(own) && Object.isFrozen(own.parameters)).toBe(true);
});

test('F81 A polluted prototype supplies nothing', () => {
  Object.defineProperty(Object.prototype, 'clientSecret', { value: 'polluted', configurable: true });
  try {
    expect(() => clientOptions({ ...RIGHT, clientSecret: undefined } as never)).toThrow('"clientSecret"');
  } finally {
    Reflect.deleteProperty(Object.prototype, 'clientSecret');
  }
});

describe('A wrong one is a TypeError that names it', () => {
  test.each([
    [{ tokenUri: undefined }, '"tokenUri"'],
    [{ clientId: '' }, '"clientId"'],
    [{ clientSecret: 7 }, '"clientSecret"'],
    [{ clientAuthentication: 'none' }, '"clientAuthentication"'],
    [{ scopes: 7 }, '"scopes"'],
    [{ parameters: 'a=b' }, '"parameters"'],
    [{ parameters: ['a'] }, '"parameters"'],
    [{ parameters: new URLSearchParams('a=b') }, '"parameters"'],
    [{ parameters: new Map([['a', 'b']]) }, '"parameters"'],
    [{ parameters: { resource: 7 } }, '"parameters.resource"'],
    [{ parameters: { grant_type: 'password' } }, '"parameters.grant_type"'],
    [{ parameters: { client_secret: 'x' } }, '"parameters.client_secret"'],
  ])('%j', (wrong, name) => {
    expect(() => clientOptions({ ...RIGHT, ...wrong } as never)).toThrow(new RegExp(`^${name} `));
  });
});

test.each(['http://as.example.com/token', 'https://169.254.169.254/token', 'not a URL'])(
  'F67 An endpoint that a secret must not be sent to is refused: %s',
  (tokenUri) => {
    expect(() => clientOptions({ ...RIGHT, tokenUri })).toThrow(expect.objectContaining({ code: 'endpoint_refused' }));
  },
);
