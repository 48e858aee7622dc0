import { expect, test } from 'vitest';
import { MetadataCredentials } from '../../src/credentials/metadata.js';
import { machine } from '../../src/adc/machine.js';
import { isFound, type Found } from '../../src/adc/place.js';
import { aSearch, bareMachine, onGoogleCloud } from '../fixtures/adc.js';
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

test('A machine that does not tell its project is of use all the same', async () => {
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

test('Elsewhere it is passed over, with why; that may change', async () => {
  await bareMachine();

  expect(await machine(aSearch())).toEqual({
    place: 'metadata server',
    reason: 'NO_GCE_CHECK is "true"',
    retryable: true,
  });
});
