import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKind, isLoopbackHost, type AddressKind } from '../../src/base/address.js';

const kindOf = (host: string): AddressKind => addressKind(new URL(`https://${host}/`).hostname);

describe('addressKind', () => {
  test.each<[AddressKind, readonly string[]]>([
    [
      'public',
      [
        'oauth2.googleapis.com',
        '8.8.8.8',
        '172.32.0.1',
        '100.128.0.1',
        '[2001:4860:4860::8888]',
        'notlocal.example',
        '[64:ff9b::808:808]',
        '[2001:db8::100:5efe:a9fe:a9fe]',
        '[fd00::5efe:808:808]',
        '[fe7f::1]',
      ],
    ],
    [
      'loopback',
      [
        'localhost',
        'localhost.',
        '127.0.0.1',
        '127.1',
        '2130706433',
        '0x7f.0.0.1',
        '0177.0.0.1',
        '[::1]',
        '[::ffff:127.0.0.1]',
      ],
    ],
    [
      'private',
      [
        '10.0.0.1',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.1.1',
        '100.64.0.1',
        '198.19.0.1',
        '[fd00::1]',
        '[fec0::1]',
        '[64:ff9b:1::1]',
        '[64:ff9b:1::808:808]',
        '[64:ff9b:1::a00:1]',
        '[64:ff9b:1:808:8:800::]',
      ],
    ],
    [
      'private',
      [
        'vault',
        'db.internal',
        'printer.local',
        'app.localhost',
        'router.home.arpa',
        '[::ffff:10.0.0.1]',
        '[2002:c0a8:101::1]',
      ],
    ],
    [
      'forbidden',
      [
        '169.254.169.254',
        '169.254.1.1',
        '0.0.0.0',
        '0.1.2.3',
        '224.0.0.1',
        '255.255.255.255',
        '[::]',
        '[fe80::1]',
        '[febf::1]',
        '[ff02::1]',
      ],
    ],
    [
      'forbidden',
      [
        'metadata',
        'metadata.google.internal',
        'metadata.google.internal.',
        'METADATA.GOOGLE.INTERNAL',
        'metadata.goog',
      ],
    ],
    ['forbidden', ['[fd00:ec2::254]', '[fd20:ce::254]', '100.100.100.200', '168.63.129.16', '192.0.0.192']],
    [
      'forbidden',
      [
        '[::ffff:169.254.169.254]',
        '[::a9fe:a9fe]',
        '[64:ff9b::a9fe:a9fe]',
        '[2002:a9fe:a9fe::]',
        '[fe80::5efe:a9fe:a9fe]',
        '[64:ff9b:1::a9fe:a9fe]',
        '[64:ff9b:1:abcd::6464:64c8]',
        '[64:ff9b:1:a9fe:a9:fe00::]',
        '[64:ff9b:1:a9:fe:a9fe::]',
        '[64:ff9b:1:0:a9:fea9:fe00:0]',
      ],
    ],
    [
      'forbidden',
      [
        '[2001:0:1:2:3:4:5601:5601]',
        '[::ffff:0:a9fe:a9fe]',
        '[2001:db8::5efe:a9fe:a9fe]',
        '[2001:db8::200:5efe:a9fe:a9fe]',
        '0xa9fea9fe',
        '[::ffff:100.100.100.200]',
      ],
    ],
  ])('F67 These hosts are %s: %s', (kind, hosts) => {
    expect(hosts.map((host) => [host, kindOf(host)])).toEqual(hosts.map((host) => [host, kind]));
  });

  test('F67 An IPv4 address keeps its kind in every IPv6 form that leads to it', () => {
    const hex = (high: number, low: number): string => ((high << 8) | low).toString(16);
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), ([a, b, c, d]) => {
        const plain = kindOf(`${a}.${b}.${c}.${d}`);

        expect(kindOf(`[::ffff:${a}.${b}.${c}.${d}]`)).toBe(plain);
        expect(kindOf(`[64:ff9b::${hex(a, b)}:${hex(c, d)}]`)).toBe(plain);
        expect(kindOf(`[2002:${hex(a, b)}:${hex(c, d)}::1]`)).toBe(plain);
      }),
    );
  });

  test('Every IPv6 address has a kind', () => {
    const kinds = ['public', 'private', 'loopback', 'forbidden'];

    fc.assert(fc.property(fc.ipV6(), (address) => kinds.includes(kindOf(`[${address}]`))));
  });
});

describe('isLoopbackHost', () => {
  test('Only localhost, 127.0.0.0/8 and [::1] are this machine', () => {
    expect(['localhost', '127.0.0.1', '127.255.0.1', '[::1]'].filter(isLoopbackHost)).toHaveLength(4);
    expect(
      ['localhost.evil.com', '128.0.0.1', '[::2]', '127.0.0.1.evil.com', 'a.localhost', '[::ffff:7f00:1]'].filter(
        isLoopbackHost,
      ),
    ).toEqual([]);
  });
});
