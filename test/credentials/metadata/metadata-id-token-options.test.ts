import { expect, it } from 'vitest';
import { metadataIdTokenOptions } from '../../../src/credentials/metadata/metadata-id-token-options.js';

it('asks for a full token of the default account, without licences, where nothing else is said', () => {
  const options = metadataIdTokenOptions({ targetAudience: 'https://a.run.app' });

  expect({ ...options }).toEqual({
    targetAudience: 'https://a.run.app',
    format: 'full',
    licenses: false,
    serviceAccountEmail: 'default',
  });
  expect(Object.isFrozen(options)).toBe(true);
});

it('keeps what is said', () => {
  const said = {
    targetAudience: 'a',
    format: 'standard',
    licenses: true,
    serviceAccountEmail: 'sa@p.x',
    quotaProjectId: 'q',
  } as const;

  expect({ ...metadataIdTokenOptions(said) }).toEqual(said);
});

it.each([
  [{}, '"targetAudience"'],
  [{ targetAudience: '' }, '"targetAudience"'],
  [{ targetAudience: new URL('https://a.run.app') }, '"targetAudience"'],
  [{ targetAudience: 'a', format: 'FULL' }, '"format"'],
  [{ targetAudience: 'a', licenses: 'TRUE' }, '"licenses"'],
  [{ targetAudience: 'a', serviceAccountEmail: '../x' }, '"serviceAccountEmail"'],
  [{ targetAudience: 'a', clock: {} }, '"clock"'],
  [undefined, '"options"'],
])('refuses an option of the wrong type by its name: %j', (options, name) => {
  const making = (): unknown => metadataIdTokenOptions(options as never);

  expect(making).toThrow(TypeError);
  expect(making).toThrow(name);
});
