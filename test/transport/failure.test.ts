import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { TransportError } from '../../src/errors.js';
import { attemptTimedOut, bodyTooLarge, connectTimedOut, failureOf } from '../../src/transport/failure.js';
import { expectNoSecret } from '../contract/secrets.js';

const URL_WITH_SECRETS = 'https://secret-user:secret-word@example.com/secret-path?key=secret-query#secret-hash';

test.each([
  [
    'dns_failed',
    true,
    false,
    { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'example.com' },
    'No address was found for example.com:443 (ENOTFOUND example.com).',
  ],
  [
    'tls_failed',
    false,
    false,
    { code: 'CERT_HAS_EXPIRED' },
    'No secure connection to example.com:443 (CERT_HAS_EXPIRED): its certificate has expired. Renew it.',
  ],
  [
    'network_failed',
    true,
    false,
    { code: 'ECONNREFUSED', address: '10.0.0.1', port: 3128 },
    'No connection to example.com:443 (ECONNREFUSED 10.0.0.1:3128).',
  ],
  [
    'network_failed',
    true,
    true,
    { code: 'ECONNRESET' },
    'The connection to example.com:443 broke before a complete answer (ECONNRESET).',
  ],
  ['timed_out', true, true, { code: 'ETIMEDOUT' }, 'No complete answer from example.com:443 in time (ETIMEDOUT).'],
  ['network_failed', true, true, {}, 'The connection to example.com:443 broke before a complete answer.'],
] as const)(
  '%s is told with host and port and what to do (retryable %s, sent %s)',
  (code, retryable, sent, fields, message) => {
    const thrown = Object.assign(new Error(`failed: ${URL_WITH_SECRETS}`), fields, { config: { data: 'secret-body' } });

    const error = failureOf(thrown, URL_WITH_SECRETS);

    expect(error).toMatchObject({ code, retryable, sent });
    expect(error.message.startsWith(message)).toBe(true);
    expectNoSecret(error);
  },
);

test('What the client knows of the request goes before what the error says', () => {
  const reset = Object.assign(new Error('x'), { code: 'ECONNRESET' });

  const errors = [failureOf(reset, 'https://example.com', false), failureOf(reset, 'https://example.com', true)];

  expect(errors.map(({ sent }) => sent)).toEqual([false, true]);
  expect(errors[0]?.message).toContain('No connection to');
});

test('A TransportError stays itself', () => {
  const error = new TransportError('timed_out', 'Too slow.');

  expect(failureOf(error, 'https://example.com')).toBe(error);
});

test('F78 A TransportError that somebody made around the error of a client says the same without it', () => {
  const cause = Object.assign(new Error('x'), { config: { data: 'secret-body' } });

  const error = failureOf(new TransportError('timed_out', 'Too slow.', { cause, sent: true }), 'https://example.com');

  expect(error).toMatchObject({ code: 'timed_out', message: 'Too slow.', sent: true, cause: { message: 'x' } });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret-');
});

test('An error of the user without a cause has none', () => {
  expect(failureOf('secret-string', 'https://example.com')).not.toHaveProperty('cause');
});

test('Deadlines and caps are told in figures', () => {
  const errors = [
    attemptTimedOut(URL_WITH_SECRETS, 10_000, true),
    connectTimedOut(URL_WITH_SECRETS, 5_000),
    bodyTooLarge(URL_WITH_SECRETS),
  ];

  expect(errors.map(({ code, sent, retryable }) => [code, sent, retryable])).toEqual([
    ['timed_out', true, true],
    ['timed_out', false, true],
    ['body_too_large', true, true],
  ]);
  expect(errors.map(({ message }) => /\d{4,}/.exec(message)?.[0])).toEqual(['10000', '5000', '1048576']);
  errors.forEach(expectNoSecret);
});
