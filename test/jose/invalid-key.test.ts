import { expect, test } from 'vitest';
import { ConfigurationError } from '../../src/errors.js';
import { invalidKey } from '../../src/jose/invalid-key.js';

test('The error names the key, what is wrong, and what to do', () => {
  const cause = new Error('reason');

  const error = invalidKey('"private_key" of key.json', 'is encrypted', 'Decrypt it.', cause);

  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({
    code: 'invalid_key',
    retryable: false,
    message: '"private_key" of key.json is encrypted. Decrypt it.',
    cause,
  });
});
