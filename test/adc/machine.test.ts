import { expect, test, vi } from 'vitest';
import type { Transport } from 'credence';
import { manualClock } from 'credence/testing';
import { machine } from '../../src/adc/machine.js';
import { isFound, type Found } from '../../src/adc/place.js';
import { MetadataCredentials } from '../../src/credentials/metadata/metadata.js';
import { aSearch, bareMachine, onGoogleCloud } from '../fixtures/adc.js';
import { turn } from '../fixtures/scripted-credentials.js';
import { anEmulator } from '../fixtures/user.js';

async function found(load: object = {}): Promise<Found> {
  const result = await machine(aSearch(load));
  if (isFound(result)) return result;
  throw new Error(result.reason);
}

test('A machine of Google’s is found, and asked for its project only where somebody wants to know', async () => {
  await bareMachine();
  const emulator = await anEmulator();
  onGoogleCloud(await emulator.metadata({ projectId: 'of-machine' }));

  const { credentials, projectId, findProject } = await found({ quotaProjectId: 'quota' });

  expect(credentials).toBeInstanceOf(MetadataCredentials);
  expect([credentials.quotaProjectId, projectId]).toEqual(['quota', undefined]);
  expect([emulator.requests.metadataPing, emulator.requests.metadata]).toEqual([1, 0]);
  expect(await findProject?.()).toBe('of-machine');
});

test('F5 A machine that does not tell its project is of use all the same', async () => {
  await bareMachine();
  const emulator = await anEmulator();
  onGoogleCloud(await emulator.metadata());
  const { findProject } = await found();

  emulator.faults.next('metadata', { status: 403 });

  expect(await findProject?.()).toBeUndefined();
});

test('F55 A caller who leaves while the project is asked for is heard', async () => {
  await bareMachine();
  onGoogleCloud(await (await anEmulator()).metadata());
  const leaving = new AbortController();
  const result = await machine(aSearch({}, { signal: leaving.signal }));
  leaving.abort('gone');

  await expect(isFound(result) && result.findProject?.()).rejects.toBe('gone');
});

test.each([
  ['three seconds', undefined, 3_000],
  ['the time of GCE_METADATA_TIMEOUT', '5', 5_000],
])('F1 A server that never tells the project is given up after %s in all', async (_, seconds, timeoutMs) => {
  await bareMachine();
  vi.stubEnv('NO_GCE_CHECK', undefined);
  vi.stubEnv('GCE_METADATA_IP', `project-${timeoutMs}.example`);
  vi.stubEnv('GCE_METADATA_TIMEOUT', seconds);
  const clock = manualClock();
  const urls: string[] = [];
  const transport: Transport = async ({ url }) => {
    urls.push(url);
    if (url.includes('project-id')) await new Promise(() => undefined);
    return { status: 200, headers: new Headers({ 'metadata-flavor': 'Google' }), body: '' };
  };
  let project: unknown = 'asking';
  const asking = (await found({ clock, transport })).findProject?.().then((told) => (project = told));
  await expect.poll(() => urls.length).toBe(2);

  await clock.advance(timeoutMs - 1);
  await turn();
  const before = project;
  await clock.advance(1);
  await asking;

  expect([before, project]).toEqual(['asking', undefined]);
});

test('Elsewhere it is passed over, with why', async () => {
  await bareMachine();

  expect(await machine(aSearch())).toEqual({ place: 'metadata server', reason: 'NO_GCE_CHECK is "true"' });
});
