import { afterEach, expect, test, vi } from 'vitest';
import { StaticCredentials } from 'credence';
import { projectFromEnvironment } from '../../src/credentials/quota-project.js';

const VARIABLE = 'GOOGLE_CLOUD_QUOTA_PROJECT';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('It is what the variable names; an empty one names none', () => {
  vi.stubEnv(VARIABLE, 'my-project');
  expect(projectFromEnvironment(VARIABLE)).toBe('my-project');

  vi.stubEnv(VARIABLE, '');
  expect(projectFromEnvironment(VARIABLE)).toBeUndefined();
});

test.each(['my project', ' ', 'ü', 'a\r\nx-evil: 1'])('What cannot stand in a header, %j, is blamed on it', (value) => {
  vi.stubEnv(VARIABLE, value);

  const copy = () => new StaticCredentials({ token: 'token' }).withQuotaProjectFromEnvironment();

  expect(copy).toThrow(expect.objectContaining({ name: 'ConfigurationError', code: 'invalid_field' }));
  expect(copy).toThrow(
    /^The environment variable GOOGLE_CLOUD_QUOTA_PROJECT must be the id of a project: [a-zA-Z, ]+\. Correct it, or unset it\.$/,
  );
});

test('Any other variable that names a project is read in the same way', () => {
  vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'my-project');
  expect(projectFromEnvironment('GOOGLE_CLOUD_PROJECT')).toBe('my-project');

  vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'my project');
  expect(() => projectFromEnvironment('GOOGLE_CLOUD_PROJECT')).toThrow(/ variable GOOGLE_CLOUD_PROJECT must be /);
});
