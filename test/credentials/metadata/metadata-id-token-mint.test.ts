import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gaxiosTransport } from 'credence';
import { manualClock } from 'credence/testing';
import { mintMetadataIdToken } from '../../../src/credentials/metadata/metadata-id-token-mint.js';
import { metadataIdTokenOptions } from '../../../src/credentials/metadata/metadata-id-token-options.js';
import { aMetadataServer, anIdToken, forgetMetadataServer } from '../../fixtures/metadata-server.js';

beforeEach(forgetMetadataServer);
afterEach(() => {
  vi.unstubAllEnvs();
});

const CLOCK = manualClock({ now: 1_000_000 });
const TOKEN = anIdToken({ iat: 1_000, exp: 4_600, email: 'sa@p.x' });

it('asks for what the options say', async () => {
  await using server = await aMetadataServer(() => ({ body: TOKEN }));
  const options = metadataIdTokenOptions({ targetAudience: 'https://a/?b&c', licenses: true, clock: CLOCK });

  await mintMetadataIdToken(options, gaxiosTransport());

  expect(server.seen.map(({ path }) => path)).toEqual(['instance/service-accounts/default/identity']);
  expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
    audience: 'https://a/?b&c',
    format: 'full',
    licenses: 'TRUE',
  });
});

it('gives the token, with the end that its claims name', async () => {
  await using _ = await aMetadataServer(() => ({ body: `${TOKEN}\n` }));

  const { accessToken } = await mintMetadataIdToken(
    metadataIdTokenOptions({ targetAudience: 'a', clock: CLOCK }),
    gaxiosTransport(),
  );

  expect(accessToken.value).toBe(TOKEN);
  expect(accessToken.expiresAt).toBe(4_600_000);
});

it.each([
  ['no JWT', { body: 'opaque' }, 'unexpected_response'],
  ['a JWT without an end', { body: anIdToken({}) }, 'unexpected_response'],
  ['a web page', { body: '<html>', flavor: null }, 'metadata_unavailable'],
  ['a refusal', { status: 404 }, 'metadata_refused'],
])('refuses %s, without a word of it', async (_, reply, code) => {
  await using _server = await aMetadataServer(() => reply);

  const minting = mintMetadataIdToken(metadataIdTokenOptions({ targetAudience: 'a', clock: CLOCK }), gaxiosTransport());

  const error: unknown = await minting.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  if ('body' in reply) expect(String(error)).not.toContain(reply.body);
});
