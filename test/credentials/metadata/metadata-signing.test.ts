import { beforeEach, expect, it } from 'vitest';
import { MetadataCredentials, type Transport } from 'credence';
import { manualClock } from 'credence/testing';
import { signAsMachine } from '../../../src/credentials/metadata/metadata-signing.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { forgetMetadataServer } from '../../fixtures/metadata-server.js';

const ANSWERS: Readonly<Record<string, unknown>> = {
  token: { access_token: 'ya29.x', expires_in: 3_599 },
  'universe-domain': 'example.goog',
  email: '123-compute@developer.gserviceaccount.com',
};

beforeEach(forgetMetadataServer);

it('the account and the universe are asked of the machine, by the transport that is given', async () => {
  const urls: string[] = [];
  const request: Transport = ({ url }) => {
    urls.push(url);
    const answer = ANSWERS[url.split('/').at(-1) ?? ''] ?? { signedBlob: Buffer.from('signed').toString('base64') };
    return Promise.resolve(httpAnswer(200, answer, { 'metadata-flavor': 'Google' }));
  };

  const signing = { request, clock: manualClock(), signal: undefined };
  const signature = await signAsMachine(new MetadataCredentials(), new Uint8Array([1]), signing);

  expect(Buffer.from(signature).toString()).toBe('signed');
  expect(urls.at(-1)).toContain('https://iamcredentials.example.goog/v1/projects/-/serviceAccounts/123-compute');
});
