import { describe, expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import { mintServiceAccountToken } from '../../../src/credentials/service-account/service-account-minting.js';
import { serviceAccountOptions } from '../../../src/credentials/service-account/service-account-options.js';
import { rejection } from '../../contract/secrets.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { aKey, assertionOf, claimsOf, EMAIL } from '../../fixtures/service-account.js';

const PUBSUB = 'https://pubsub.googleapis.com/';

/** The claims of what was made: of the token where it is self-signed, else of the assertion that it was asked for with. */
async function mint(options: object) {
  const assertions: string[] = [];
  const tokens = await mintServiceAccountToken(
    serviceAccountOptions({ ...aKey(), clock: manualClock(), ...options }),
    (request) => {
      assertions.push(assertionOf(request));
      return Promise.resolve(httpAnswer(200, { access_token: 'granted', expires_in: 3_600 }));
    },
    new AbortController(),
  );
  return claimsOf(assertions[0] ?? tokens.accessToken.value);
}

describe('For no URL in particular', () => {
  test('scopes are asked for at the token endpoint', async () => {
    expect(await mint({ scopes: 'one two', defaultScopes: 'three' })).toMatchObject({
      scope: 'one two',
      aud: 'https://oauth2.googleapis.com/token',
    });
  });

  test('default scopes are asked for where there are no others', async () => {
    expect(await mint({ defaultScopes: 'three' })).toMatchObject({
      scope: 'three',
      aud: expect.stringMatching('oauth2'),
    });
  });

  test('a user who is acted for is asked for at the token endpoint, always self-signed or not', async () => {
    const claims = await mint({ scopes: 'one', subject: 'user@example.com', alwaysUseJwtAccess: true });

    expect(claims).toMatchObject({ iss: EMAIL, sub: 'user@example.com', scope: 'one' });
  });

  test('a default audience is signed for', async () => {
    expect(await mint({ defaultAudience: PUBSUB, defaultScopes: 'three' })).toMatchObject({ sub: EMAIL, aud: PUBSUB });
  });

  test.each([{ alwaysUseJwtAccess: true }, { universeDomain: 'example.cloud' }])(
    'scopes, or else default scopes, are signed where tokens are always self-signed: %j',
    async (always) => {
      const signed = [
        await mint({ ...always, scopes: 'one', defaultAudience: PUBSUB }),
        await mint({ ...always, defaultScopes: 'three' }),
      ];

      expect(signed.map(({ sub, scope, aud }) => [sub, scope, aud])).toEqual([
        [EMAIL, 'one', undefined],
        [EMAIL, 'three', undefined],
      ]);
    },
  );
});

describe('Nothing can be asked for', () => {
  test.each([{}, { alwaysUseJwtAccess: true }])('without scopes and audience: %j', async (options) => {
    expect(await rejection(mint(options))).toMatchObject({ code: 'not_refreshable', retryable: false });
  });

  test.each([
    [
      { subject: 'user@example.com', scopes: 'one' },
      /Domain-wide delegation is there for the universe googleapis\.com/,
    ],
    [{}, /The token endpoint serves the universe googleapis\.com only/],
  ])('in another universe: %j', async (options, message) => {
    expect(await rejection(mint({ universeDomain: 'example.cloud', ...options }))).toMatchObject({
      code: 'universe_unsupported',
      message: expect.stringMatching(message) as unknown,
    });
  });
});
