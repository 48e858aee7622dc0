import { expect, test, vi } from 'vitest';
import { ConfigurationError } from 'credence';
import { blamingVariable, namedFile, namedPath, notNamed } from '../../src/adc/named-file.js';
import { isFound } from '../../src/adc/place.js';
import { rejection } from '../contract/secrets.js';
import { aSearch, bareMachine } from '../fixtures/adc.js';
import { anInfo } from '../fixtures/service-account.js';

const VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

test('The file that the variable names is found, with its project', async () => {
  const { put } = await bareMachine();
  vi.stubEnv(VARIABLE, await put('key.json', anInfo()));

  const found = await namedFile(aSearch());

  expect(found).toMatchObject({ projectId: 'project' });
  expect(isFound(found) && found.findProject).toBeUndefined();
});

test.each([undefined, ''])('Where the variable is not set, or empty, nothing is named: %j', async (value) => {
  await bareMachine();
  vi.stubEnv(VARIABLE, value);

  expect(namedPath()).toBeUndefined();
  expect(await namedFile(aSearch())).toEqual(notNamed('it is not set'));
});

test('F60 What is wrong with the file is told with who named it', async () => {
  const { folder, put } = await bareMachine();

  vi.stubEnv(VARIABLE, `${folder}/missing.json`);
  expect(await rejection(namedFile(aSearch()))).toMatchObject({
    code: 'file_not_found',
    message: expect.stringMatching(/missing\.json.* \(GOOGLE_APPLICATION_CREDENTIALS names it\.\)$/) as unknown,
  });
  vi.stubEnv(VARIABLE, await put('other.json', { type: 'external_account' }));
  expect(await rejection(namedFile(aSearch()))).toMatchObject({ code: 'wrong_type' });
});

test('gcloud’s own file stays gcloud’s, whoever names it: it may be missing, and gcloud knows its project', async () => {
  const { folder, put } = await bareMachine();
  const name = 'application_default_credentials.json';
  vi.stubEnv(VARIABLE, `${folder}/${name}`);

  expect(await namedFile(aSearch())).toEqual(notNamed("it names gcloud's own file, which is not there"));
  await put(name, { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r' });
  expect(await namedFile(aSearch())).toHaveProperty('findProject');
});

test('F60 What is wrong with gcloud’s own file is told with who named it too', async () => {
  const { put } = await bareMachine();
  vi.stubEnv(VARIABLE, await put('application_default_credentials.json', '{'));

  expect(await rejection(namedFile(aSearch()))).toMatchObject({
    code: 'invalid_json',
    message: expect.stringMatching(/ \(GOOGLE_APPLICATION_CREDENTIALS names it\.\)$/) as unknown,
  });
});

test('Only errors about the file blame the variable', async () => {
  const wrong = new TypeError('"scopes" must be …');
  const refused = new ConfigurationError('endpoint_refused', 'It leads elsewhere.');

  expect(await rejection(blamingVariable(() => Promise.reject(wrong)))).toBe(wrong);
  expect(await rejection(blamingVariable(() => Promise.reject(refused)))).toMatchObject({
    code: 'endpoint_refused',
    cause: refused,
    message: `It leads elsewhere. (${VARIABLE} names it.)`,
  });
});
