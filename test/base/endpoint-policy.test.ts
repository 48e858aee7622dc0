import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  endpointPolicy,
  hasEmptyLabel,
  isListed,
  untrustedFile,
  type EndpointPolicy,
} from '../../src/base/endpoint-policy.js';

const hostsOf = (...hosts: unknown[]): EndpointPolicy['hosts'] => endpointPolicy({ hosts: hosts as string[] }).hosts;

describe('A policy', () => {
  it('may be empty, and may spell out what it leaves undefined', () => {
    const policy: EndpointPolicy = {
      hosts: undefined,
      allowPrivate: undefined,
      allowLoopbackHttp: undefined,
      allowOtherPorts: undefined,
    };

    expect([endpointPolicy({}), endpointPolicy(policy)].map((checked) => Object.keys(checked))).toEqual([[], []]);
  });

  it('is kept as a frozen copy, which does not change with what it was made from', () => {
    const hosts = ['a.example'];
    const policy = endpointPolicy({ hosts });

    hosts.push('b.example');

    expect(policy.hosts).toEqual(['a.example']);
    expect(Object.isFrozen(policy) && Object.isFrozen(policy.hosts)).toBe(true);
  });

  it('is given back as it is where it was checked before', () => {
    const policy = endpointPolicy(untrustedFile);

    expect(endpointPolicy(policy)).toBe(policy);
  });

  it('may come from another realm, or be without a prototype', () => {
    const foreign = runInNewContext('({ allowPrivate: false })') as EndpointPolicy;
    const bare = Object.assign(Object.create(null), { allowPrivate: false }) as EndpointPolicy;

    expect([endpointPolicy(foreign).allowPrivate, endpointPolicy(bare).allowPrivate]).toEqual([false, false]);
  });

  it.each<[unknown, string]>([
    [null, '"endpoints" must be a plain object'],
    ['untrustedFile', '"endpoints" must be a plain object'],
    [['googleapis.com'], '"endpoints" must be a plain object'],
    [Object.create(untrustedFile), '"endpoints" must be a plain object'],
    [new Map([['hosts', []]]), '"endpoints" must be a plain object'],
    [
      { host: ['a.example'] },
      '"endpoints" must not hold "host": it takes hosts, allowPrivate, allowLoopbackHttp, allowOtherPorts',
    ],
    [{ hosts: 'googleapis.com' }, '"endpoints.hosts" must be an array of strings'],
    [{ hosts: new Set(['a.example']) }, '"endpoints.hosts" must be an array of strings'],
    [{ hosts: null }, '"endpoints.hosts" must be an array of strings'],
    [{ allowPrivate: 'no' }, '"endpoints.allowPrivate" must be a boolean'],
    [{ allowLoopbackHttp: 0 }, '"endpoints.allowLoopbackHttp" must be a boolean'],
    [{ allowOtherPorts: null }, '"endpoints.allowOtherPorts" must be a boolean'],
  ])('F67 that is not understood is refused, for it would allow too much (%#)', (policy, message) => {
    expect(() => endpointPolicy(policy as EndpointPolicy)).toThrow(new TypeError(message));
  });

  it('F81 takes nothing from a polluted Object.prototype', () => {
    Object.defineProperty(Object.prototype, 'allowPrivate', { value: true, configurable: true });

    try {
      expect(endpointPolicy({}).allowPrivate).toBeUndefined();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'allowPrivate');
    }
  });
});

describe('The hosts of a policy', () => {
  it('are kept as URLs spell them', () => {
    expect(hostsOf('IDP.Example', '.Corp.Example.', 'bücher.example', '10.1', '[FD00:0::1]')).toEqual([
      'idp.example',
      '.corp.example',
      'xn--bcher-kva.example',
      '10.0.0.1',
      '[fd00::1]',
    ]);
  });

  it.each([
    '',
    '.',
    '..example.com',
    'a..b',
    '.a..b',
    'https://example.com',
    'example.com:443',
    'example.com/',
    'user@example.com',
    'a b',
    'exa\tmple.com',
    '[::1',
    '::1',
    'a^b',
    7,
    null,
    undefined,
  ])('F67 are refused where one could never be met: %j', (host) => {
    expect(() => hostsOf('fine.example', host)).toThrow(
      new TypeError(
        '"endpoints.hosts[1]" must be a host without a port, such as "example.com", or ".example.com" for all below it',
      ),
    );
  });

  it('are matched exactly, or below a leading dot', () => {
    const policy = endpointPolicy({ hosts: ['idp.example', '.corp.example'] });

    expect(['idp.example', 'idp.example.', 'a.corp.example', 'a.b.corp.example'].filter(isIn(policy))).toHaveLength(4);
    expect(['corp.example', 'x.idp.example', 'evilcorp.example'].filter(isIn(policy))).toEqual([]);
    expect(['idp.example'].filter(isIn(endpointPolicy({ hosts: [] })))).toEqual([]);
  });
});

it('A name with an empty label is told from one that ends in a dot', () => {
  expect(['a..b', '.googleapis.com', 'a..', '.', '..'].filter(hasEmptyLabel)).toHaveLength(5);
  expect(['a.b', 'a.b.', 'a', '[::1]'].filter(hasEmptyLabel)).toEqual([]);
});

function isIn(policy: EndpointPolicy): (host: string) => boolean {
  return (host) => isListed(host, policy);
}
