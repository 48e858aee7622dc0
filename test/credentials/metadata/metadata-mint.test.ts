import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from 'credence';
import { manualClock } from 'credence/testing';
import {
  emailOf,
  mintMetadataToken,
  PROJECT_ID,
  readMetadata,
  UNIVERSE_DOMAIN,
} from '../../../src/credentials/metadata/metadata-mint.js';
import { metadataOptions } from '../../../src/credentials/metadata/metadata-options.js';
import { gaxiosTransport } from '../../../src/transport/gaxios-transport.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { aMetadataServer, forgetMetadataServer } from '../../fixtures/metadata-server.js';

beforeEach(forgetMetadataServer);
afterEach(() => {
  vi.unstubAllEnvs();
});

it('a token is minted with the life that the server names, and no claim about its scopes', async () => {
  await using server = await aMetadataServer(() => ({ body: { access_token: 'ya29.x', expires_in: 3_599 } }));
  const clock = manualClock({ now: 5_000 });

  const { accessToken } = await mintMetadataToken(metadataOptions({ scopes: 'a b', clock }), gaxiosTransport());

  expect(accessToken.value).toBe('ya29.x');
  expect(accessToken.expiresAt).toBe(5_000 + 3_599_000);
  expect(accessToken.scopes).toBeUndefined();
  expect(server.seen.map(({ path, query }) => `${path}?${query}`)).toEqual([
    'instance/service-accounts/default/token?scopes=a%2Cb',
  ]);
});

it('F17 a token without a life is given five minutes, and marked', async () => {
  await using _ = await aMetadataServer(() => ({ body: { access_token: 'ya29.x' } }));
  const clock = manualClock({ now: 0 });

  const tokens = await mintMetadataToken(metadataOptions({ clock }), gaxiosTransport());

  expect(tokens.accessToken.expiresAt).toBe(300_000);
  expect(tokens.expiryAssumed).toBe(true);
});

it('values are asked for by their paths', async () => {
  await using server = await aMetadataServer((path) => ({ body: `${path.split('/').at(-1)}.x` }));

  const values = [PROJECT_ID, UNIVERSE_DOMAIN, emailOf('default')].map((question) =>
    readMetadata(question, undefined, systemClock),
  );

  expect(await Promise.all(values)).toEqual(['project-id.x', 'universe-domain.x', 'email.x']);
  expect(server.seen.map(({ path }) => path).sort()).toEqual([
    'instance/service-accounts/default/email',
    'project/project-id',
    'universe/universe-domain',
  ]);
});

it.each([
  ['does not know the question', { status: 404 }],
  ['answers with nothing', { body: '' }],
])('a server that %s is in Google’s own universe', async (_, reply) => {
  await using server = await aMetadataServer(() => reply);

  expect(await readMetadata(UNIVERSE_DOMAIN, undefined, systemClock)).toBe('googleapis.com');
  expect(server.seen).toHaveLength(1);
});

it.each([
  ['is no domain', { body: 'https://evil.example/' }, 'unexpected_response'],
  ['comes from a portal', { body: 'evil.example', flavor: null }, 'metadata_unavailable'],
  ['is nothing, from a portal', { body: '', flavor: null }, 'metadata_unavailable'],
  ['nobody knows, as a portal says', { status: 404, flavor: null }, 'metadata_unavailable'],
])('F10 a universe that %s is not taken', async (_, reply, code) => {
  await using _server = await aMetadataServer(() => reply);

  await expect(readMetadata(UNIVERSE_DOMAIN, undefined, systemClock)).rejects.toMatchObject({ code });
});

it.each(['<html>', 'my project', 'my/project', '.', '-', 'a'.repeat(300), 'prøject'])(
  'F10 what no project is called is not taken for one: %j',
  async (body) => {
    await using _ = await aMetadataServer(() => ({ body }));

    await expect(readMetadata(PROJECT_ID, undefined, systemClock)).rejects.toMatchObject({
      code: 'unexpected_response',
    });
  },
);

it.each(['<html>', 'a"b', 'a/b', 'a,b@c'])('F10 what no account is called is not taken for one: %j', async (body) => {
  await using _ = await aMetadataServer(() => ({ body }));

  await expect(readMetadata(emailOf('default'), undefined, systemClock)).rejects.toMatchObject({
    code: 'unexpected_response',
  });
});

it.each([
  [PROJECT_ID, 'my-project-1'],
  [PROJECT_ID, 'example.com:my-project'],
  [emailOf('default'), '123-compute@developer.gserviceaccount.com'],
  [emailOf('default'), 'my-project.svc.id.goog'],
])('a value is taken as it is: %o %s', async (question, body) => {
  await using _ = await aMetadataServer(() => ({ body }));

  expect(await readMetadata(question, undefined, systemClock)).toBe(body);
});

it('a value is asked for five times, and then given up', async () => {
  const clock = manualClock();
  let attempts = 0;
  const asking = readMetadata(
    PROJECT_ID,
    () => {
      attempts += 1;
      return Promise.resolve(httpAnswer(503, ''));
    },
    clock,
  );
  asking.catch(() => undefined);

  await clock.advance(30_000);

  await expect(asking).rejects.toMatchObject({ code: 'metadata_unavailable', status: 503 });
  expect(attempts).toBe(5);
});
