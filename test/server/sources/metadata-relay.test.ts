import { expect, test } from 'vitest';
import type { TransportRequest } from 'credence';
import { metadataRelay, relayedTo } from '../../../src/server/sources/metadata-relay.js';
import { httpAnswer } from '../../fixtures/http-answer.js';

const ASKED = Object.freeze({
  method: 'GET',
  url: 'http://metadata.google.internal/computeMetadata/v1/project/project-id?alt=text',
  headers: { 'metadata-flavor': 'Google' },
  proxy: false as const,
});

test('What is meant for the metadata server goes to the other one, unchanged but for the host.', async () => {
  const sent: TransportRequest[] = [];
  const relay = metadataRelay('http://127.0.0.1:8080', async (request) => {
    sent.push(request);
    return httpAnswer(200, 'ok');
  });

  const { body } = await relay(ASKED);

  expect(body).toBe('ok');
  expect(sent).toEqual([{ ...ASKED, url: 'http://127.0.0.1:8080/computeMetadata/v1/project/project-id?alt=text' }]);
});

test.each(['', 'metadata', 'ftp://host', 'http://host/path', 'http://host/?q', 'http://user@host/', 5])(
  '%j is no place for a metadata server.',
  (origin) => {
    expect(() => metadataRelay(origin as string, undefined)).toThrow(/"url" of the metadata source must be/);
  },
);

test('Where a relay leads can be asked; other transports lead nowhere that is known.', () => {
  const other = async (): Promise<never> => expect.unreachable('Nothing is sent.');

  expect(relayedTo(metadataRelay('http://127.0.0.1:8080/', other))).toBe('http://127.0.0.1:8080');
  expect(relayedTo(other)).toBeUndefined();
  expect(relayedTo(undefined)).toBeUndefined();
});
