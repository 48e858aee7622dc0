/** Off Google Cloud the address of the metadata server is often a black hole: packets go in, and nothing comes out. */
import { expect, test, vi } from 'vitest';
import type { Transport } from 'credence';
import { manualClock, type ManualClock } from 'credence/testing';
import { defaultCredentials } from '../../src/adc/default-credentials.js';
import { idTokenCredentials } from '../../src/adc/id-token.js';
import type { DetectionOptions } from '../../src/credentials/metadata/residency.js';
import { rejection } from '../contract/secrets.js';
import { bareMachine } from '../fixtures/adc.js';
import { turn } from '../fixtures/scripted-credentials.js';

/** Where this test runs may be a machine of Google's, whose maker Linux would tell. */
vi.mock('../../src/credentials/metadata/residency.js', async (original) => {
  const { detectGoogleCloud, ...rest } = await original<typeof import('../../src/credentials/metadata/residency.js')>();
  const elsewhere = { productNameFile: '/nowhere/product_name' };
  return { ...rest, detectGoogleCloud: (options: DetectionOptions) => detectGoogleCloud({ ...options, ...elsewhere }) };
});

const DEADLINE_MS = 2_800;

/** Takes requests, and never answers, whatever time and signals say. */
function blackHole() {
  const urls: string[] = [];
  const transport: Transport = ({ url }) => {
    urls.push(url);
    return new Promise<never>(() => undefined);
  };
  return { urls, transport };
}

/** The error of a search that is still under way a millisecond before the deadline, and over at the deadline. */
async function failureAtDeadline(clock: ManualClock, urls: readonly string[], searching: Promise<unknown>) {
  let isOver = false;
  const settled = rejection(searching).finally(() => (isOver = true));
  await expect.poll(() => urls.length).toBe(1);
  await clock.advance(DEADLINE_MS - 1);
  await turn();
  expect(isOver).toBe(false);

  await clock.advance(1);
  return (await settled) as Error;
}

test('F5 defaultCredentials() fails within one deadline of three seconds, with the full list of what was tried', async () => {
  const { folder } = await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  const clock = manualClock();
  const { urls, transport } = blackHole();

  const error = await failureAtDeadline(clock, urls, defaultCredentials({ clock, transport }));

  expect(urls).toEqual(['http://169.254.169.254/']);
  expect(error).toMatchObject({ code: 'no_credentials', retryable: true });
  expect(error.message.split('\n').slice(0, -1)).toEqual([
    'No default credentials were found. Looked at:',
    '  - GOOGLE_APPLICATION_CREDENTIALS: it is not set',
    `  - gcloud's application default credentials: there is no file ${folder}/application_default_credentials.json`,
    '  - metadata server: no metadata server answers at 169.254.169.254 within 2.8 s',
  ]);
});

test('F5 so does the search for ID tokens', async () => {
  await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  const clock = manualClock();
  const { urls, transport } = blackHole();

  const searching = idTokenCredentials('https://service.example', { clock, request: transport });

  const error = await failureAtDeadline(clock, urls, searching);

  expect(error).toMatchObject({ code: 'no_credentials', retryable: true });
  expect(error.message).toContain('  - metadata server: no metadata server answers at 169.254.169.254 within 2.8 s');
});

test.each([
  ['NO_GCE_CHECK', 'true'],
  ['GCE_METADATA_IP', 'http://127.0.0.1/'],
])('A search that %s has kept from asking would find nothing later either', async (name, value) => {
  await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  vi.stubEnv(name, value);
  const { urls, transport } = blackHole();

  const errors = [
    await rejection(defaultCredentials({ transport })),
    await rejection(idTokenCredentials('https://service.example', { transport })),
  ];

  for (const error of errors) expect(error).toMatchObject({ code: 'no_credentials', retryable: false });
  expect(urls).toEqual([]);
});

test('Nor does a search that somebody else has answered', async () => {
  await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  const portal: Transport = async () => ({ status: 200, headers: new Headers(), body: 'Welcome' });

  expect(await rejection(defaultCredentials({ transport: portal }))).toMatchObject({
    code: 'no_credentials',
    retryable: false,
  });
});

test('A failed look is not remembered: the next one asks again', async () => {
  await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  const clock = manualClock();
  const { urls, transport } = blackHole();
  await failureAtDeadline(clock, urls, defaultCredentials({ clock, transport }));
  const answering: Transport = async ({ url }) => {
    urls.push(url);
    return { status: 200, headers: new Headers({ 'metadata-flavor': 'Google' }), body: 'project-of-machine' };
  };

  const { projectId } = await defaultCredentials({ clock, transport: answering });

  expect(projectId).toBe('project-of-machine');
  expect(urls.length).toBeGreaterThan(1);
});

test('F55 A caller who leaves does not wait for the deadline', async () => {
  await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  const { urls, transport } = blackHole();
  const leaving = new AbortController();
  const searching = defaultCredentials({ clock: manualClock(), transport, signal: leaving.signal });
  const settled = rejection(searching);
  await expect.poll(() => urls.length).toBe(1);

  leaving.abort('gone');

  expect(await settled).toBe('gone');
});
