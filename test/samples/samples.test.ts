import { startEmulator } from 'credence/testing';
import { expect, test } from 'vitest';
import { runSample } from './run.js';

test('script calls an API, and tells how long the token is good for.', async () => {
  const { code, output } = await runSample('script');

  expect(code).toBe(0);
  expect(output).toMatch(/^The API answered 200\.\nThe token is fresh until 2\d{3}-\S+Z\.\n$/);
});

test('script runs on the file and the API that the environment names.', async () => {
  await using emulator = await startEmulator();
  const { path } = await emulator.authorizedUser();

  const { output } = await runSample('script', {
    GOOGLE_APPLICATION_CREDENTIALS: path,
    API_URL: `${emulator.apiUrl}/mine`,
  });

  expect(output).toContain('The API answered 200.');
  expect(emulator.requests.log.at(-1)).toMatchObject({ endpoint: 'api', path: '/api/mine' });
});

test('script says what is wrong with a file, and what became of a token.', async () => {
  await using emulator = await startEmulator();
  const { path, user } = await emulator.authorizedUser();
  user.revoke();

  const missing = await runSample('script', {
    GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json',
    API_URL: emulator.apiUrl,
  });
  const revoked = await runSample('script', { GOOGLE_APPLICATION_CREDENTIALS: path, API_URL: emulator.apiUrl });

  expect(missing).toMatchObject({
    code: 1,
    errors: expect.stringContaining('Something is wrong with the file. Cannot read'),
  });
  expect(revoked).toMatchObject({
    code: 1,
    errors: expect.stringContaining('There is no token to be had (invalid_grant).'),
  });
});

test('wrap-http-client signs in with three HTTP clients.', async () => {
  const run = await runSample('wrap-http-client');

  expect(run).toEqual({ code: 0, output: 'fetch: 200\ngaxios: 200\nnode:http: 200\n', errors: '' });
});

test('token-broker asks its broker again where that was busy, and once for everybody.', async () => {
  const { code, output } = await runSample('token-broker');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'The broker is asked (it is busy: 503).',
    'The broker is asked (it answers: 200).',
    '50 of 50 calls at once were answered.',
    '',
  ]);
});

test('own-kind gets caching, copies and redaction from the base class.', async () => {
  const { code, output } = await runSample('own-kind');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'The API answered 200, and saw the quota project my-project.',
    "The copy's token is the original's: true.",
    'Printed, it shows no secret: [SidecarCredentials fresh, secrets redacted]',
    '',
  ]);
});

test('authorized-fetch replaces a refused token once, and gives no token to another origin.', async () => {
  const { code, output } = await runSample('authorized-fetch');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'POST: 200, token requests: 1',
    'POST, the token refused once: 200, token requests: 2',
    'GET, redirected within the origin: 200 from /api/moved',
    'GET, redirected to another origin: 401; authorization header there: none',
    '',
  ]);
});

test('observe tells of refreshes, tokens and notices.', async () => {
  const { code, output } = await runSample('observe');

  expect(code).toBe(0);
  expect(output).toContain('notice scopes_not_granted: Not all requested scopes were granted; missing: email.');
  expect(output).toContain('mint for UserCredentials: a token for 60 min');
  expect(output).toMatch(/refresh of UserCredentials, because none: minted after \d+ ms/);
  expect(output).toMatch(/refresh of UserCredentials, because forced: failed \(invalid_grant\) after \d+ ms/);
});

test('test-your-app passes its own tests.', async () => {
  const { code, output } = await runSample('test-your-app');

  expect(code).toBe(0);
  expect(output).toMatch(/^# pass 3$/m);
  expect(output).toMatch(/^# fail 0$/m);
});
