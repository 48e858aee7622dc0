import { expect, test } from 'vitest';
import { tlsReason } from '../../src/transport/tls-reason.js';

test.each([
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['CERT_NOT_YET_VALID', 'clock'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
  ['CERT_REVOKED', 'revoked'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'NODE_EXTRA_CA_CERTS'],
  ['EPROTO', 'speaks TLS'],
  [undefined, 'speaks TLS'],
])('F7 %s is explained', (code, expected) => {
  expect(tlsReason(code)).toContain(expected);
});
