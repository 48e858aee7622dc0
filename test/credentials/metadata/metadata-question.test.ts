import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TransportError, type HttpResponse, type TransportRequest } from 'credence';
import { manualClock } from 'credence/testing';
import { askMetadata, type MetadataQuestion } from '../../../src/credentials/metadata/metadata-question.js';
import { metadataRequest } from '../../../src/google/metadata-requests.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { forgetMetadataServer } from '../../fixtures/metadata-server.js';

beforeEach(forgetMetadataServer);
afterEach(() => {
  vi.unstubAllEnvs();
});

const BODY: MetadataQuestion<unknown> = {
  asked: 'a value',
  build: (host) => metadataRequest(host, 'a/value'),
  read: ({ body }: HttpResponse, context) => ({ body, ...context }),
};

it('asks the host of the environment, and tells the reader when and whom', async () => {
  const clock = manualClock({ now: 1_000 });
  vi.stubEnv('GCE_METADATA_HOST', '127.0.0.1:8080');
  const seen: TransportRequest[] = [];

  const answer = await askMetadata(
    BODY,
    async (request) => {
      seen.push(request);
      await clock.advance(5);
      return httpAnswer(200, 'said');
    },
    clock,
  );

  expect(seen.map(({ url, proxy }) => ({ url, proxy }))).toEqual([
    { url: 'http://127.0.0.1:8080/computeMetadata/v1/a/value', proxy: false },
  ]);
  expect(answer).toEqual({ body: 'said', sentAt: 1_000, receivedAt: 1_005, host: '127.0.0.1:8080', asked: 'a value' });
});

it('bounds an attempt by GCE_METADATA_TIMEOUT, and by nothing of its own where that is unset', async () => {
  const seen: TransportRequest[] = [];
  const request = (one: TransportRequest): Promise<HttpResponse> => {
    seen.push(one);
    return Promise.resolve(httpAnswer(200, ''));
  };

  await askMetadata(BODY, request, manualClock());
  vi.stubEnv('GCE_METADATA_TIMEOUT', '7');
  await askMetadata(BODY, request, manualClock());

  expect(seen.map(({ timeoutMs }) => timeoutMs)).toEqual([undefined, 7_000]);
});

it.each([true, false])(
  'says what it means where nothing answers, retryable as the failure is: %s',
  async (retryable) => {
    const cause = new TransportError('dns_failed', 'No address was found.', { retryable });

    const asking = askMetadata(BODY, () => Promise.reject(cause), manualClock());

    await expect(asking).rejects.toMatchObject({ code: 'metadata_unavailable', retryable, cause });
    await expect(asking).rejects.toThrow(/metadata\.google\.internal.*elsewhere use other credentials/);
  },
);

it('lets every other error pass', async () => {
  const reason = new Error('aborted');

  await expect(askMetadata(BODY, () => Promise.reject(reason), manualClock())).rejects.toBe(reason);
});
