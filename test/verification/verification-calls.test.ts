import { expect, test } from 'vitest';
import { manualClock } from 'credence/testing';
import type { TransportRequest } from '../../src/transport/transport.js';
import { verifiedByCall, verifiedFirebase } from '../../src/verification/verification-calls.js';
import { AUDIENCE, keysAnswer, NOW, someToken } from '../fixtures/id-tokens.js';

/** A transport that gives the issuer's keys, and the URLs that it was asked for. */
function issuer(): { readonly transport: () => Promise<ReturnType<typeof keysAnswer>>; readonly urls: string[] } {
  const urls: string[] = [];
  const transport = (request?: TransportRequest): Promise<ReturnType<typeof keysAnswer>> => {
    urls.push(request?.url ?? '');
    return Promise.resolve(keysAnswer());
  };
  return { transport, urls };
}

test('The signal of one call may stand among its options', async () => {
  const { signal } = new AbortController();
  const { transport, urls } = issuer();

  const verified = await verifiedByCall(someToken(), { audience: AUDIENCE, signal, transport, clock: manualClock() });

  expect(verified.audience).toEqual([AUDIENCE]);
  expect(urls).toEqual(['https://www.googleapis.com/oauth2/v3/certs']);
});

test('For Firebase, the project is the audience and part of the issuer', async () => {
  const { signal } = new AbortController();
  const { transport, urls } = issuer();
  const token = someToken({ aud: 'p', iss: 'https://securetoken.google.com/p', auth_time: NOW / 1000 });

  const verified = await verifiedFirebase(token, { projectId: 'p', signal, transport, clock: manualClock() });

  expect(verified).toMatchObject({ audience: ['p'], issuer: 'https://securetoken.google.com/p' });
  expect(urls).toEqual(['https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com']);
});

test.each([undefined, '', 5, ['p'], null])('A Firebase project has a name: %j', async (projectId) => {
  await expect(verifiedFirebase('token', { projectId } as never)).rejects.toThrow(
    new TypeError('"projectId" must be a non-empty string'),
  );
});

test('A Firebase token’s audience and issuer are the project’s alone', async () => {
  await expect(verifiedFirebase('token', { projectId: 'p', audience: 'a' } as never)).rejects.toThrow(/"audience"/);
});

test.each([undefined, null, 'a', 5, []])('Options must be an object: %j', async (options) => {
  await expect(verifiedByCall('token', options as never)).rejects.toThrow(TypeError);
  await expect(verifiedFirebase('token', options as never)).rejects.toThrow(TypeError);
});

test('A rule that is not known is not passed over', async () => {
  await expect(verifiedByCall('token', { audience: 'a', audiences: ['b'] } as never)).rejects.toThrow(/"audiences"/);
});
