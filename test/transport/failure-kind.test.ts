import { describe, expect, test } from 'vitest';
import { isUnsent, kindOf } from '../../src/transport/failure-kind.js';
import { systemErrorIn } from '../../src/transport/system-error.js';

test.each([
  ['dns_failed', true, ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ESERVFAIL', 'ENODATA']],
  [
    'tls_failed',
    true,
    [
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'HOSTNAME_MISMATCH',
      'EPROTO',
    ],
  ],
  ['timed_out', true, ['UND_ERR_CONNECT_TIMEOUT', 'ERR_TLS_HANDSHAKE_TIMEOUT']],
  ['timed_out', false, ['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ECONNABORTED']],
  ['network_failed', true, ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']],
  [
    'network_failed',
    false,
    [
      'ECONNRESET',
      'EPIPE',
      'UND_ERR_SOCKET',
      'ERR_STREAM_PREMATURE_CLOSE',
      'HPE_INVALID_CONSTANT',
      'Z_DATA_ERROR',
      'EMFILE',
    ],
  ],
] as const)('F6 F7 F8 These are %s, certainly unsent: %s: %j', (kind, unsent, codes) => {
  for (const code of codes) {
    const thrown = Object.assign(new Error('x'), { code });
    const system = systemErrorIn(thrown);

    expect([code, kindOf(thrown, system), isUnsent(kind, system)]).toEqual([code, kind, unsent]);
  }
});

describe('Errors without a code of the system', () => {
  test.each(['AbortError', 'TimeoutError'])('%s is a timeout: the signal of the request has not aborted', (name) => {
    const thrown = Object.assign(new Error('x'), { cause: new DOMException('x', name) });

    expect(kindOf(thrown, systemErrorIn(thrown))).toBe('timed_out');
  });

  test('a body over the size that node-fetch was given is too large', () => {
    const thrown = Object.assign(new Error('x'), { cause: Object.assign(new Error('y'), { type: 'max-size' }) });

    expect(kindOf(thrown, systemErrorIn(thrown))).toBe('body_too_large');
  });

  test.each([new Error('x'), 'x', undefined, null, 7, Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })])(
    '%s tells nothing',
    (thrown) => {
      expect(kindOf(thrown, systemErrorIn(thrown))).toBeUndefined();
    },
  );
});

test.each(['ETIMEDOUT', 'ECONNRESET', 'EMFILE'])('%s while connecting means that nothing was sent', (code) => {
  const system = systemErrorIn(Object.assign(new Error('x'), { code, syscall: 'connect' }));

  expect(isUnsent('network_failed', system)).toBe(true);
});
