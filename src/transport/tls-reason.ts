/** Says in words what is wrong with a server's certificate or handshake. */

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired. Renew it'],
  [/^CERT_NOT_YET_VALID$/, "its certificate is not valid yet. Check this machine's clock"],
  [
    /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    'its certificate is for another name. Check the host in the URL, or issue a certificate for it',
  ],
  [/^CERT_REVOKED$/, 'its certificate has been revoked. Replace it'],
  [
    /^(?:DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|CERT_UNTRUSTED|INVALID_CA)$/,
    'the issuer of its certificate is unknown here. Trust it through NODE_EXTRA_CA_CERTS, or install the whole chain on the server',
  ],
];

/** What is wrong, and what an operator can do about it. */
export function tlsReason(code: string | undefined): string {
  const known = REASONS.find(([pattern]) => code !== undefined && pattern.test(code));
  return (
    known?.[1] ??
    'no common way to encrypt was found. Check that the port speaks TLS, and which certificates it asks for'
  );
}
