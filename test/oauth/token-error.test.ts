import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefreshError } from '../../src/errors.js';
import { shapeOf, tokenEndpointError, type AnswerContext } from '../../src/oauth/token-error.js';
import { aSecretAndPart, aSpelling, shownPart, SPELLINGS } from '../fixtures/echoes.js';
import { httpAnswer } from '../fixtures/http-answer.js';

const SENT_AT = Date.UTC(2025, 0, 1, 12);
const SECRETS = ['1//the-refresh-token', 'GOCSPX-the-client-secret'];
const context = (overrides: Partial<AnswerContext> = {}): AnswerContext => ({
  sentAt: SENT_AT,
  secrets: SECRETS,
  ...overrides,
});

describe('What a refusal means', () => {
  it.each([
    // A status that speaks for itself.
    [301, '', 'redirected', false],
    [302, { error: 'invalid_grant' }, 'redirected', false],
    [307, '', 'redirected', false],
    [408, '', 'server_unavailable', true],
    [429, '', 'rate_limited', true],
    [429, { error: 'invalid_grant' }, 'rate_limited', true],
    [500, '', 'server_unavailable', true],
    [502, '<html>', 'server_unavailable', true],
    [503, { error: 'invalid_grant' }, 'server_unavailable', true],
    [504, '', 'server_unavailable', true],
    // A word that says so.
    [400, { error: 'internal_failure' }, 'server_unavailable', true],
    [400, { error: 'server_error' }, 'server_unavailable', true],
    [403, { error: 'temporarily_unavailable' }, 'server_unavailable', true],
    [400, { error: 'invalid_request', error_description: 'internal_failure' }, 'server_unavailable', true],
  ] as const)('F2 F3 F15 %i with %j is %s', (status, body, code, retryable) => {
    expect(tokenEndpointError(httpAnswer(status, body), context())).toMatchObject({ code, retryable, status });
  });

  it.each(['', 'invalid_grant', '<html>invalid_grant</html>', '[]', 'null', '7', '{}', '{"error":null}'])(
    'F13 400 and 401 with the body %j condemn nothing',
    (body) => {
      for (const status of [400, 401]) {
        expect(tokenEndpointError(httpAnswer(status, body), context())).toMatchObject({
          code: 'unexpected_response',
          retryable: true,
          status,
        });
      }
    },
  );

  it.each([{ error: 7 }, { error: { code: 401, status: 'invalid_grant' } }, { error: ['invalid_grant'] }])(
    'F13 an error that is no word, %j, condemns nothing',
    (body) => {
      expect(tokenEndpointError(httpAnswer(400, body), context())).toMatchObject({
        code: 'unexpected_response',
        retryable: true,
      });
    },
  );

  it.each([
    'access_denied',
    'admin_policy_enforced',
    'deleted_client',
    'invalid_client',
    'invalid_request',
    'invalid_scope',
    'unauthorized_client',
    'unsupported_grant_type',
    'a_word_of_tomorrow',
  ])('F14 %s is the operator’s to correct, and condemns no grant', (word) => {
    for (const status of [400, 401, 403]) {
      expect(tokenEndpointError(httpAnswer(status, { error: word }), context())).toMatchObject({
        code: 'request_refused',
        retryable: false,
        oauthError: word,
        status,
      });
    }
  });

  it.each([
    [undefined, 'invalid_grant'],
    ['something_new', 'invalid_grant'],
    ['invalid_rapt', 'reauth_required'],
    ['rapt_required', 'reauth_required'],
  ])('invalid_grant of the subtype %j is %s, for good', (subtype, code) => {
    const body = { error: 'invalid_grant', error_subtype: subtype };

    const error = tokenEndpointError(httpAnswer(400, body), context());

    expect(error).toMatchObject({ code, retryable: false, oauthError: 'invalid_grant' });
    expect(error.subtype).toBe(subtype);
  });

  it('asks for no reauthentication where another error than invalid_grant has that subtype', () => {
    const body = { error: 'invalid_client', error_subtype: 'invalid_rapt' };

    expect(tokenEndpointError(httpAnswer(400, body), context()).code).toBe('request_refused');
  });

  it('F11 is told by the word alone where the status is 200', () => {
    expect(tokenEndpointError(httpAnswer(200, { error: 'invalid_grant' }), context()).code).toBe('invalid_grant');
  });

  it('F81 is not told by what stands under __proto__ or constructor', () => {
    const body = '{"__proto__":{"error":"invalid_grant"},"constructor":{"error":"invalid_grant"}}';

    expect(tokenEndpointError(httpAnswer(400, body), context())).toMatchObject({ code: 'unexpected_response' });
  });
});

describe('When it may be asked again', () => {
  it.each([
    ['5', 5_000],
    ['Wed, 01 Jan 2025 12:00:30 GMT', 30_000],
    ['999999', 3_600_000],
  ])('F3 is what Retry-After %j says, an hour at most', (value, delayMs) => {
    const answer = httpAnswer(429, '', { 'retry-after': value });

    expect(tokenEndpointError(answer, context()).nextAttemptAt).toBe(SENT_AT + delayMs);
  });

  it.each(['soon', '-5', ''])('F3 is not said by Retry-After %j', (value) => {
    const error = tokenEndpointError(httpAnswer(503, '', { 'retry-after': value }), context());

    expect(error).not.toHaveProperty('nextAttemptAt');
  });

  it('is not said for a refusal that waiting does not change', () => {
    const answer = httpAnswer(400, { error: 'invalid_grant' }, { 'retry-after': '5' });

    expect(tokenEndpointError(answer, context())).not.toHaveProperty('nextAttemptAt');
  });
});

describe('What the error tells', () => {
  it('names the status, the word and the description', () => {
    const body = { error: 'invalid_client', error_description: 'The OAuth client was not found.' };

    const error = tokenEndpointError(httpAnswer(401, body), context());

    expect(error).toBeInstanceOf(RefreshError);
    expect(error.message).toMatch(/^The token endpoint answered 401\b/);
    expect(error.message).toMatch(/The server said "invalid_client: The OAuth client was not found"\.$/);
    expect(error.errorDescription).toBe('The OAuth client was not found.');
  });

  it('names whom it was that answered', () => {
    const error = tokenEndpointError(httpAnswer(500, ''), context({ endpoint: 'revocation endpoint' }));

    expect(error.message).toMatch(/^The revocation endpoint answered 500\b/);
  });

  it('tells what to check of a client, or what the kind knows to be checked', () => {
    const answer = httpAnswer(401, { error: 'invalid_client' });

    const [usual, own] = [{}, { advice: 'Check the moon.' }].map((more) => tokenEndpointError(answer, context(more)));

    expect(usual?.message).toContain('request. Check client id, client secret and scopes. The server said');
    expect(own?.message).toContain('request. Check the moon. The server said');
  });

  it('F13 of a body without an OAuth error tells its type and length alone', () => {
    const body = `<html>${SECRETS[0] ?? ''}</html>`;

    const error = tokenEndpointError(httpAnswer(400, body, { 'content-type': 'text/html' }), context());

    expect(error.message).toContain(`text/html, ${String(body.length)} characters`);
    expect(error.message).not.toContain('<html>');
  });

  it.each([400, 401, 429, 500, 200])('F78 F79 holds no secret that a %i echoes in any of its fields', (status) => {
    const [refreshToken = '', clientSecret = ''] = SECRETS;
    const body = {
      error: `bad:${refreshToken}`,
      error_description: `no ${refreshToken} ${encodeURIComponent(refreshToken)}\r\nor ${clientSecret}`,
      error_subtype: clientSecret,
      [refreshToken]: clientSecret,
    };

    const error = tokenEndpointError(httpAnswer(status, body), context());

    const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.message].join('\n');
    expect(shown).not.toMatch(/the-refresh-token|the-client-secret/);
    expect(error.message).not.toMatch(/[\r\n]/);
  });

  it('F78 F79 holds no eight characters of a secret in a row, however a server echoes them and where', () => {
    const places = ['error', 'error_description', 'error_subtype', 'error_uri', 'scope', 'content-type'] as const;
    fc.assert(
      fc.property(aSecretAndPart, aSpelling, fc.constantFrom(...places), ({ secret, part }, { name, write }, place) => {
        fc.pre(!name.startsWith('base64') || part.length > 10);
        const said = write(part).replaceAll(' ', '_');
        const body = { error: 'invalid_grant', error_description: 'Bad Request', [place]: said };
        const headers = new Headers();
        if (place === 'content-type') headers.set('content-type', `text/${said}`);
        const answer = { status: 400, headers, body: place === 'content-type' ? '' : JSON.stringify(body) };

        const error = tokenEndpointError(answer, context({ secrets: [undefined, secret, 'another-secret'] }));

        // The frames name files, which are no business of the server's.
        error.stack = String(error.stack).replace(/\n {4}at .*/g, '');
        const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
        expect(shownPart(shown.join('\n'), secret, SPELLINGS)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('F79 keeps what a server usually says, whatever words a secret is made of', () => {
    const body = { error: 'invalid_client', error_description: 'The provided client secret is invalid.' };
    const secrets = ['my-client-secret', 'client_secret_is_invalid', 'the-provided-client'];

    const error = tokenEndpointError(httpAnswer(401, body), context({ secrets }));

    expect(error).toMatchObject({ code: 'request_refused', oauthError: 'invalid_client' });
    expect(error.errorDescription).toBe(body.error_description);
  });

  it('F79 stays short where the description is 1 MB long', () => {
    const body = { error: 'invalid_grant', error_description: 'x\u0007\u202e'.repeat(350_000) };

    const error = tokenEndpointError(httpAnswer(400, body), context());

    expect(error.message.length).toBeLessThan(700);
    expect(error.message).toMatch(/^[\P{C}\n]+$/u);
  });
});

describe('The shape of an answer', () => {
  it('is its content type and length', () => {
    expect(shapeOf(httpAnswer(200, 'abc', { 'content-type': 'text/plain' }))).toBe('text/plain, 3 characters');
  });

  it('F79 names no type that a server may have made up', () => {
    expect(shapeOf(httpAnswer(200, 'abc', { 'content-type': 'text/my-secret' }))).toBe(
      'another content type, 3 characters',
    );
    expect(shapeOf(httpAnswer(200, 'abc', { 'content-type': 'Text/HTML; charset=my-secret' }))).toBe(
      'text/html, 3 characters',
    );
  });

  it('is told without a content type too', () => {
    expect(shapeOf(httpAnswer(200, '', {}))).toBe('no content type, 0 characters');
  });
});
