/** Reads bearer tokens from the authorization header (RFC 6750 §2.1), and labels them for logs. */
import { readJwt } from '../keys/jwt-reading.js';
import type { AccessTokens } from '../oauth/access-tokens.js';

const BEARER = /^bearer +(?<token>\S+) *$/i;

/** The token of a bearer header; `undefined` where there is no such header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.groups?.['token'];
}

/** An authorization header made fit to be shown: `Bearer <token 3>`, `Bearer <JWT>`, or the scheme and nothing else. */
export function bearerLabel(authorization: string, tokens: AccessTokens): string {
  const token = bearerToken(authorization);
  if (token !== undefined) return `Bearer ${readJwt(token) !== undefined ? '<JWT>' : tokens.label(token)}`;
  return /^basic /i.test(authorization) ? 'Basic <redacted>' : '<redacted>';
}
