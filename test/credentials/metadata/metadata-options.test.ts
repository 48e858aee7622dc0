import { expect, it } from 'vitest';
import { accountOf, metadataOptions } from '../../../src/credentials/metadata/metadata-options.js';

it('asks for the default account, and for no scopes, where nothing is said', () => {
  const options = metadataOptions({});

  expect({ ...options }).toEqual({ serviceAccountEmail: 'default' });
  expect(Object.isFrozen(options)).toBe(true);
});

it('splits scopes, and keeps a copy of them', () => {
  const scopes = ['a', 'b c'];

  const options = metadataOptions({ scopes, defaultScopes: 'd e' });
  scopes.push('later');

  expect(options.scopes).toEqual(['a', 'b', 'c']);
  expect(options.defaultScopes).toEqual(['d', 'e']);
});

it.each([
  [{ serviceAccountEmail: 'a/b' }, '"serviceAccountEmail"'],
  [{ serviceAccountEmail: '' }, '"serviceAccountEmail"'],
  [{ serviceAccountEmail: 7 }, '"serviceAccountEmail"'],
  [{ scopes: 7 }, '"scopes"'],
  [{ defaultScopes: [7] }, '"defaultScopes[0]"'],
  [{ universeDomain: 'HTTP://x' }, '"universeDomain"'],
  [{ quotaProjectId: 'a b' }, '"quotaProjectId"'],
  [null, '"options"'],
])('refuses an option of the wrong type by its name: %j', (options, name) => {
  const making = (): unknown => metadataOptions(options as never);

  expect(making).toThrow(TypeError);
  expect(making).toThrow(name);
});

it('takes nothing from a polluted prototype', () => {
  const options = metadataOptions(Object.create({ scopes: 'stolen', serviceAccountEmail: 'evil@x' }));

  expect(options.scopes).toBeUndefined();
  expect(options.serviceAccountEmail).toBe('default');
});

it('an account is default where none is named', () => {
  expect(accountOf(undefined)).toBe('default');
  expect(accountOf('sa@p.iam.gserviceaccount.com')).toBe('sa@p.iam.gserviceaccount.com');
});
