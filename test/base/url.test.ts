import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkEndpoint,
  checkUniverseDomain,
  isUniverseDomain,
  untrustedFile,
  type EndpointPolicy,
} from '../../src/base/url.js';
import { ConfigurationError } from '../../src/errors.js';

const WHERE = '"token_uri" in key.json';

function refusal(value: unknown, policy?: EndpointPolicy): ConfigurationError {
  try {
    checkEndpoint(value, WHERE, policy);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error(`${String(value)} is accepted`);
}

describe('checkEndpoint', () => {
  test.each([
    ['https://oauth2.googleapis.com/token', 'https://oauth2.googleapis.com/token'],
    ['HTTPS://OAuth2.GoogleAPIs.com:443/token?a=b', 'https://oauth2.googleapis.com/token?a=b'],
    ['http://127.0.0.1:8080/token', 'http://127.0.0.1:8080/token'],
    ['http://localhost/token', 'http://localhost/token'],
    ['http://[::1]:1/', 'http://[::1]:1/'],
    ['https://10.0.0.1/token', 'https://10.0.0.1/token'],
  ])('An endpoint that the default policy allows comes back in its normal spelling: %s', (given, normal) => {
    expect(checkEndpoint(given, WHERE)).toBe(normal);
  });

  test.each([
    [undefined, 'is not an absolute URL'],
    [7, 'is not an absolute URL'],
    ['/token', 'is not an absolute URL'],
    ['https://', 'is not an absolute URL'],
    ['https://user:pw@example.com/', 'holds a user name or a password'],
    ['https://example.com/#part', 'holds a fragment'],
    ['https://example.com/#', 'holds a fragment'],
    ['https://exam\tple.com/', 'holds white space or a backslash'],
    ['https:\\\\example.com/', 'holds white space or a backslash'],
    ['http://example.com/', 'is not https (host example.com)'],
    ['http://localhost.example.com/', 'is not https'],
    ['http://[::ffff:127.0.0.1]/', 'is not https'],
    ['ftp://localhost/', 'is not https'],
    ['file:///etc/passwd', 'is not https'],
    ['https://a..b/', 'holds a host name with an empty part'],
    ['https://.googleapis.com/', 'holds a host name with an empty part'],
    ['https://googleapis.com../', 'holds a host name with an empty part'],
    ['https://169.254.169.254/token', 'leads to 169.254.169.254, a link-local'],
    ['https://metadata.google.internal./', 'a link-local, metadata or unusable address'],
    ['https://[::ffff:a9fe:a9fe]/', 'a link-local, metadata or unusable address'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'a link-local, metadata or unusable address'],
    ['https://[64:ff9b:1::a9fe:a9fe]/', 'a link-local, metadata or unusable address'],
    ['https://[2002:a9fe:a9fe::]/', 'a link-local, metadata or unusable address'],
  ])('F67 %s is refused because it %s', (value, reason) => {
    const error = refusal(value, { allowPrivate: true, allowLoopbackHttp: true });

    expect(error.code).toBe('endpoint_refused');
    expect(error.message.startsWith(`${WHERE} `)).toBe(true);
    expect(error.message).toContain(reason);
  });

  test('A message never holds the user name, password, path or query', () => {
    for (const url of [
      'https://me-secret:pw-secret@example.com/p-secret?q-secret',
      'http://example.com/p-secret?q-secret#f-secret',
    ]) {
      expect(refusal(url).message).not.toContain('secret');
    }
  });

  test('Without loopback http, plain http to this machine is refused', () => {
    expect(refusal('http://127.0.0.1/token', { allowLoopbackHttp: false }).message).toContain('is plain http');
  });

  test.each(['https://10.0.0.1/', 'https://[fd12::1]/', 'https://vault/', 'https://localhost/', 'http://127.0.0.1/'])(
    'F67 Without private addresses, %s is refused',
    (url) => {
      expect(refusal(url, { allowPrivate: false }).message).toContain('which is private');
    },
  );

  test('A listed host matches exactly, and one with a leading dot matches what lies below', () => {
    const policy = { hosts: ['idp.example', '.corp.example'] };

    expect(checkEndpoint('https://IDP.example/t', WHERE, policy)).toBe('https://idp.example/t');
    expect(checkEndpoint('https://a.b.corp.example/t', WHERE, policy)).toBe('https://a.b.corp.example/t');
    for (const host of ['corp.example', 'x.idp.example', 'evilcorp.example', 'idp.example.evil.com']) {
      expect(refusal(`https://${host}/t`, policy).message).toContain('not among the allowed hosts');
    }
  });

  test('F67 The preset for untrusted files allows Google over https and nothing else', () => {
    expect(checkEndpoint('https://oauth2.googleapis.com/token', WHERE, untrustedFile)).toBe(
      'https://oauth2.googleapis.com/token',
    );
    expect(checkEndpoint('https://accounts.google.com/o/oauth2/token', WHERE, untrustedFile)).toContain(
      'accounts.google.com',
    );
    for (const url of [
      'https://evil.example/',
      'https://evilgoogleapis.com/',
      'http://localhost/',
      'https://googleapis.com.evil.example/',
      'https://.googleapis.com/',
      'https://oauth2.googleapis.com:8443/token',
      'https://accounts.google.com:80/',
    ]) {
      expect(refusal(url, untrustedFile).code).toBe('endpoint_refused');
    }
    expect(Object.isFrozen(untrustedFile) && Object.isFrozen(untrustedFile.hosts)).toBe(true);
  });

  test('Without other ports, only that of the scheme is allowed', () => {
    const policy = { allowOtherPorts: false };

    expect(checkEndpoint('https://idp.example:443/t', WHERE, policy)).toBe('https://idp.example/t');
    expect(checkEndpoint('http://localhost:80/t', WHERE, policy)).toBe('http://localhost/t');
    expect(refusal('https://idp.example:8443/t', policy).message).toContain('leads to port 8443 of idp.example');
    expect(refusal('http://localhost:8080/t', policy).message).toContain('leads to port 8080 of localhost');
  });

  test.each([null, 'untrustedFile', { hosts: 'googleapis.com' }, { host: ['googleapis.com'] }, { allowPrivate: 'no' }])(
    'F67 A policy that is not understood is a TypeError, and allows nothing (%j)',
    (policy) => {
      expect(() => checkEndpoint('https://idp.example/', WHERE, policy as unknown as EndpointPolicy)).toThrow(
        TypeError,
      );
    },
  );

  test('Whatever is accepted is https or loopback, without user name or fragment, and is accepted again as it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl(), fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()),
        (text) => {
          let href: string;
          try {
            href = checkEndpoint(text, WHERE);
          } catch (error) {
            return error instanceof ConfigurationError;
          }
          const url = new URL(href);
          return (
            url.protocol === 'https:' && url.username === '' && url.hash === '' && checkEndpoint(href, WHERE) === href
          );
        },
      ),
    );
  });
});

describe('checkUniverseDomain', () => {
  test('A domain comes back as it is', () => {
    expect(checkUniverseDomain('googleapis.com', 'universeDomain')).toBe('googleapis.com');
    expect(isUniverseDomain('example-universe.goog')).toBe(true);
  });

  test.each([
    7,
    null,
    '',
    'Googleapis.com',
    'evil.com/',
    'evil.com#',
    'a b',
    '.com',
    'com.',
    'user@evil.com',
    'a:1',
    'x\n',
    'a'.repeat(254),
  ])('What does not look like a domain is a TypeError that names the argument (%#)', (value) => {
    expect(() => checkUniverseDomain(value, 'universeDomain')).toThrow(/^"universeDomain" must be a domain/);
    expect(() => checkUniverseDomain(value, 'universeDomain')).toThrow(TypeError);
  });
});
