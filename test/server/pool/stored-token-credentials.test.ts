import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { AccessToken } from 'credence';
import { manualClock } from 'credence/testing';
import { StoredTokenCredentials } from '../../../src/server/pool/stored-token-credentials.js';
import { issuerKeyOf } from '../../../src/server/queues/issuer-key.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { anAccount } from '../../fixtures/token-pool.js';

const LIFETIME_MS = 3_600_000;

function stored() {
  const clock = manualClock();
  let requests = 0;
  const transport = () => {
    requests += 1;
    return Promise.resolve(httpAnswer(200, { access_token: `token-${String(requests)}`, expires_in: 3_600 }));
  };
  const account = anAccount(clock).withScopes('a');
  const token = new AccessToken('stored', { expiresAt: clock.now() + LIFETIME_MS });
  const credentials = new StoredTokenCredentials({ account, token, clock, transport });
  return { clock, account, credentials, requests: () => requests };
}

test('The first refresh gives the stored token without a request, and the next one a token of the account.', async () => {
  const { credentials, requests } = stored();

  const first = await credentials.refresh();
  const before = requests();
  const second = await credentials.refresh();

  expect([first.value, before]).toEqual(['stored', 0]);
  expect([second.value, requests()]).toEqual(['token-1', 1]);
});

test('An endpoint that fails is asked by whoever waits three times, and no more.', async () => {
  const { clock, account } = stored();
  let requests = 0;
  const transport = () => {
    requests += 1;
    return Promise.resolve(httpAnswer(503, '{}'));
  };
  const credentials = new StoredTokenCredentials({ account, clock, transport });

  const failing = credentials.refresh().catch((error: unknown) => error);
  await clock.advance(30_000);

  expect(await failing).toMatchObject({ code: 'server_unavailable' });
  expect(requests).toBe(3);
});

test('It counts as its account wherever that matters: for the issuer, and for observers.', () => {
  const { account, credentials } = stored();

  expect(issuerKeyOf(credentials)).toBe(issuerKeyOf(account));
  expect(credentials.getCredentialInfo()).toEqual(account.getCredentialInfo());
  expect(credentials.subject).toBe(account.subject);
});

test('Of an account that signs its tokens itself it counts as one that does.', () => {
  const { account, clock } = stored();
  const signing = account.withAlwaysUseJwtAccess(true);

  expect(issuerKeyOf(new StoredTokenCredentials({ account: signing, clock }))).toBe(signing.signer);
});

test('A copy shares the token, and the object is frozen.', async () => {
  const { credentials } = stored();
  await credentials.refresh();

  const copy = credentials.withQuotaProject('project');

  expect(copy).toBeInstanceOf(StoredTokenCredentials);
  expect(copy.token).toBe('stored');
  expect(Object.isFrozen(copy)).toBe(true);
});

test('F78 It shows no secret.', () => {
  const { credentials } = stored();

  expect(inspect(credentials, { showHidden: true, depth: 20 })).not.toContain('stored');
});
