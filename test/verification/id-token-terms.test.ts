import { expect, test } from 'vitest';
import { systemClock } from 'credence';
import { verifierTerms } from '../../src/verification/id-token-terms.js';

const terms = (options: object): ReturnType<typeof verifierTerms> => verifierTerms(options as never);

test('With an audience alone, Google’s own tokens are believed', () => {
  expect(terms({ audience: 'a' })).toEqual({
    audience: ['a'],
    issuers: ['accounts.google.com', 'https://accounts.google.com'],
    certsUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    algorithms: ['RS256'],
    clockSkewMs: 30_000,
    maxLifetimeMs: 86_400_000,
    hostedDomain: undefined,
    tellsSignIn: false,
    transport: undefined,
    clock: systemClock,
  });
});

test('Lists are copied and frozen', () => {
  const given = { audience: ['a'], issuers: ['i'], algorithms: ['ES256'], hostedDomain: ['d'] };
  const { audience, issuers, algorithms, hostedDomain } = terms(given);

  for (const list of Object.values(given)) list.push('more');

  expect([audience, issuers, algorithms, hostedDomain]).toEqual([['a'], ['i'], ['ES256'], ['d']]);
  for (const list of [audience, issuers, algorithms, hostedDomain]) expect(Object.isFrozen(list)).toBe(true);
});

test('One string stands for a list of one', () => {
  expect(terms({ audience: 'a', hostedDomain: 'd' })).toMatchObject({ audience: ['a'], hostedDomain: ['d'] });
});

test('No audience must be meant, and not forgotten', () => {
  expect(terms({ anyAudience: true }).audience).toBeUndefined();
  for (const options of [{}, { audience: undefined }, { anyAudience: false }, { anyAudience: undefined }]) {
    expect(() => terms(options)).toThrow(/^"audience" must be your own client id/);
  }
  expect(() => terms({ audience: 'a', anyAudience: true })).toThrow(/^"audience" must be left out/);
});

test.each([
  ['audience', 5],
  ['audience', ''],
  ['audience', []],
  ['audience', ['a', '']],
  ['audience', ['a', undefined]],
  ['audience', null],
  ['audience', new Set(['a'])],
  ['anyAudience', 'yes'],
  ['issuers', 'https://accounts.google.com'],
  ['issuers', []],
  ['issuers', [1]],
  ['algorithms', 'RS256'],
  ['algorithms', []],
  ['algorithms', ['none']],
  ['algorithms', ['RS256', 'HS256']],
  ['algorithms', null],
  ['issuers', null],
  ['issuers', Object.assign(['a'], { 2: 'b' })],
  ['hostedDomain', null],
  ['hostedDomain', ''],
  ['hostedDomain', []],
  ['clockSkewMs', -1],
  ['clockSkewMs', 600_001],
  ['clockSkewMs', NaN],
  ['clockSkewMs', Infinity],
  ['clockSkewMs', '30'],
  ['maxLifetimeMs', 0],
  ['maxLifetimeMs', Infinity],
  ['maxLifetimeMs', 366 * 86_400_000],
  ['maxLifetimeMs', '1'],
  ['transport', {}],
  ['transport', 'fetch'],
  ['clock', Date],
  ['certsUrl', 5],
  ['certsUrl', new URL('https://issuer.example/keys')],
])('"%s" must be what it is said to be: %j', (name, value) => {
  expect(() => terms({ audience: 'a', [name]: value })).toThrow(TypeError);
  expect(() => terms({ audience: 'a', [name]: value })).toThrow(new RegExp(`^"${name}" must`));
});

test.each(['audiences', 'issuer', 'hd', 'maxExpiry', 'request', 'signal'])(
  'A rule that is not known is not passed over: "%s"',
  (name) => {
    expect(() => terms({ audience: 'a', [name]: 'x' })).toThrow(`"options" must not hold "${name}"`);
  },
);

test.each(['http://issuer.example/keys', 'https://169.254.169.254/keys', 'https://user:pass@issuer.example/', 'keys'])(
  'F67 Keys are not fetched from where anybody could exchange them: %s',
  (certsUrl) => {
    expect(() => terms({ audience: 'a', certsUrl })).toThrow(
      expect.objectContaining({ code: 'endpoint_refused', message: expect.stringContaining('"certsUrl"') }),
    );
  },
);

test('F81 A polluted prototype sets no rule', () => {
  const polluted: object = Object.create({ audience: 'evil', anyAudience: true, clockSkewMs: 600_000 });

  expect(() => terms(polluted)).toThrow(TypeError);
  Object.assign(Object.prototype, { anyAudience: true, issuers: ['evil'] });
  try {
    expect(() => terms({})).toThrow(/"audience"/);
    expect(terms({ audience: 'a' }).issuers).not.toContain('evil');
  } finally {
    for (const name of ['anyAudience', 'issuers']) Reflect.deleteProperty(Object.prototype, name);
  }
});

test.each([undefined, null, 'a', 5, []])('Options must be an object: %j', (options) => {
  expect(() => terms(options as never)).toThrow(TypeError);
});
