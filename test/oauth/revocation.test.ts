import { describe, expect, it } from 'vitest';
import { RefreshError } from '../../src/errors.js';
import { readRevocationResponse, revocationRequest } from '../../src/oauth/revocation.js';
import { httpAnswer, thrownBy } from '../fixtures/http-answer.js';

const REVOKE_URI = 'https://oauth2.example/revoke';
const CONTEXT = { sentAt: 0, secrets: ['the-refresh-token'], endpoint: 'revocation endpoint' };

describe('A revocation request', () => {
  it('names the token in the body, never in the URL', () => {
    const request = revocationRequest({ revokeUri: REVOKE_URI, token: '1//refresh' });

    expect(request).toMatchObject({ method: 'POST', url: REVOKE_URI, body: 'token=1%2F%2Frefresh' });
  });

  it('names the kind of token and the client where it is given them', () => {
    const { body } = revocationRequest({
      revokeUri: REVOKE_URI,
      token: 't',
      tokenTypeHint: 'refresh_token',
      clientId: 'client',
      clientSecret: 'secret',
    });

    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      token: 't',
      token_type_hint: 'refresh_token',
      client_id: 'client',
      client_secret: 'secret',
    });
  });
});

describe('The answer to a revocation', () => {
  it.each([200, 204])('is a success with the status %i, whatever its body', (status) => {
    expect(() => {
      readRevocationResponse(httpAnswer(status, '<html>'), CONTEXT);
    }).not.toThrow();
  });

  it.each([400, 401])('is a success where a %i says that the token is unknown', (status) => {
    expect(() => {
      readRevocationResponse(httpAnswer(status, { error: 'invalid_token' }), CONTEXT);
    }).not.toThrow();
  });

  it.each([
    [400, { error: 'unsupported_token_type' }, 'request_refused', false],
    [401, { error: 'invalid_client' }, 'request_refused', false],
    [302, '', 'redirected', false],
    [400, '', 'unexpected_response', true],
    [400, 'invalid_token', 'unexpected_response', true],
    [429, '', 'rate_limited', true],
    [503, '', 'server_unavailable', true],
  ] as const)('with %i and the body %j is a RefreshError', (status, body, code, retryable) => {
    const error = thrownBy(() => {
      readRevocationResponse(httpAnswer(status, body), CONTEXT);
    });

    expect(error).toBeInstanceOf(RefreshError);
    expect(error).toMatchObject({ code, retryable, status });
    expect(String(error)).toContain('revocation endpoint');
  });

  it('F81 is not taken for a success because the body has the word under __proto__', () => {
    expect(() => {
      readRevocationResponse(httpAnswer(400, '{"__proto__":{"error":"invalid_token"}}'), CONTEXT);
    }).toThrow(RefreshError);
  });

  it('F79 holds no token in the error where the server echoes it', () => {
    const body = { error: 'invalid_request', error_description: 'cannot revoke the-refresh-token' };

    const error = thrownBy(() => {
      readRevocationResponse(httpAnswer(400, body), CONTEXT);
    });

    expect(String(error)).toContain('cannot revoke [redacted]');
    expect(String(error)).not.toContain('the-refresh-token');
  });
});
