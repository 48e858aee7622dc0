import { expect, test, vi } from 'vitest';
import { gcloudProject } from '../../src/adc/gcloud-project.js';
import { bareMachine, gcloudOnPath } from '../fixtures/adc.js';

const configurationOf = (project: string): string => `[core]\nproject = ${project}\n`;

test('It is that of the active configuration, and gcloud is not run', async () => {
  const { put } = await bareMachine();
  const gcloud = gcloudOnPath();
  await put('active_config', 'work\n');
  await put('configurations/config_default', configurationOf('of-default'));
  await put('configurations/config_work', configurationOf('of-work'));

  expect(await gcloudProject()).toBe('of-work');
  expect(gcloud.runs).toEqual([]);
});

test.each([undefined, '', '\n'])('Where nothing names a configuration it is the default one: %j', async (active) => {
  const { put } = await bareMachine();
  if (active !== undefined) await put('active_config', active);
  await put('configurations/config_default', configurationOf('of-default'));

  expect(await gcloudProject()).toBe('of-default');
});

test('The environment goes before the files', async () => {
  const { put } = await bareMachine();
  await put('configurations/config_default', configurationOf('of-default'));
  await put('configurations/config_work', configurationOf('of-work'));

  vi.stubEnv('CLOUDSDK_ACTIVE_CONFIG_NAME', 'work');
  expect(await gcloudProject()).toBe('of-work');
  vi.stubEnv('CLOUDSDK_CORE_PROJECT', 'of-environment');
  expect(await gcloudProject()).toBe('of-environment');
});

test('It is unknown where the environment names one that could not stand in a header', async () => {
  const { put } = await bareMachine();
  await put('configurations/config_default', configurationOf('of-default'));
  vi.stubEnv('CLOUDSDK_CORE_PROJECT', 'project\r\nx-evil: 1');

  expect(await gcloudProject()).toBeUndefined();
});

test.each([
  ['no file', undefined],
  ['a configuration without a project', '[core]\naccount = a@b.example\n'],
  ['a project that could not stand in a header', '[core]\nproject = a b\n'],
  ['a file that is none', '\0\0\0'],
])('It is unknown where there is %s', async (_, content) => {
  const { put } = await bareMachine();
  if (content !== undefined) await put('configurations/config_default', content);

  expect(await gcloudProject()).toBeUndefined();
});

test('F61 No name leads out of gcloud’s folder', async () => {
  const { put, folder } = await bareMachine();
  await put('config_x', configurationOf('outside'));
  await put('active_config', `../${folder}/config_x`);

  expect(await gcloudProject()).toBeUndefined();
  vi.stubEnv('CLOUDSDK_ACTIVE_CONFIG_NAME', 'x/../../config_x');
  expect(await gcloudProject()).toBeUndefined();
});

test('F60 A folder that cannot be read is no failure', async () => {
  const { put } = await bareMachine();
  await put('configurations', 'a file where a folder should be');

  expect(await gcloudProject()).toBeUndefined();
});
