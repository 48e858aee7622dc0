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

test('script says so where it runs on the emulator though the environment names a file.', async () => {
  const { code, errors } = await runSample('script', { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' });

  expect(code).toBe(0);
  expect(errors).toContain('API_URL must name the API to call.');
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
  // Later versions of Node print it otherwise.
  expect(output).toMatch(/^[#ℹ] pass 3$/m);
  expect(output).toMatch(/^[#ℹ] fail 0$/m);
});

test('service-account acts for itself and for a user, with one token each, and tells why a token is refused.', async () => {
  const { code, output } = await runSample('service-account');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    '20 calls as robot@example.com; token requests: 1',
    '20 calls as ada@example.com; token requests: 2',
    'A signature of 256 bytes by robot@example.com',
    'Disabled: invalid_grant, "Robot is disabled."',
    '',
  ]);
});

test('self-signed-jwt asks nobody for its tokens, and gives each host its own.', async () => {
  const { code, output } = await runSample('self-signed-jwt');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'self_signed_jwt of robot@example.com; token requests: 0',
    'The same host: the same token; another host: another',
    'JwtCredentials: 200',
    'OnDemandJwtCredentials: 200',
    '',
  ]);
});

test('service-id-token signs in to one service, and to no other.', async () => {
  const { code, output } = await runSample('service-id-token');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'With a key file: id_token of caller@example.com',
    'Another service answers 401, and 200 to a copy with its audience.',
    'With what the machine has: id_token of vm@example.com',
    '',
  ]);
});

test('metadata gets the tokens of its machine, and lives through an outage of the server.', async () => {
  const { code, output } = await runSample('metadata');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    '20 calls as vm@example.com; token requests: 1',
    'Project my-project, account vm@example.com',
    'Another service: id_token of vm@example.com',
    'During an outage the API answers 200.',
    '',
  ]);
});

test('gcloud is run once for fifty calls, and fails in three ways that are told apart.', async () => {
  const { code, output } = await runSample('gcloud');

  expect(code).toBe(0);
  expect(output).toMatch(/^50 calls as user-1@example\.com, for my-project\ngcloud was run once\.\n/);
  expect(output).toMatch(/^The token is fresh until 2\d{3}-\S+Z\.$/m);
  expect([...output.matchAll(/^(\w+): .*(?:Run: `gcloud auth login`|Install)/gm)].map(([, error]) => error)).toEqual([
    'gcloud_signed_out',
    'reauth_required',
    'gcloud_not_found',
  ]);
});

test('client-credentials asks once for all calls, and names what an operator has to repair.', async () => {
  const { code, output } = await runSample('client-credentials');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    '20 calls as the client',
    'Token requests: 1',
    'The copy may write: true, and has a token: false',
    'A wrong secret: request_refused (invalid_client), retryable: false',
    '',
  ]);
});

test('default-credentials lists where it looked, and finds what is there the next time.', async () => {
  const { code, output } = await runSample('default-credentials');

  expect(code).toBe(0);
  expect(output).toMatch(
    /^no_credentials: No default credentials were found\. Looked at:\n(?: {2}- .*\n){3}Run `gcloud/,
  );
  expect(output.split('\n').slice(-3)).toEqual([
    'vm@example.com, project emulated-project, from MetadataCredentials',
    'robot@example.com, project project-of-the-key, from ServiceAccountCredentials',
    '',
  ]);
});

test('verify-id-token lets in those whom the token is of, and nobody else.', async () => {
  const { code, output } = await runSample('verify-id-token');

  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'A service account: 200 Hello caller@example.com',
    'With a token for another service: 401 audience_mismatch',
    'A forged token (expired): 401 token_expired',
    'A forged token (foreign-key): 401 signature_invalid',
    'A forged token (alg-none): 401 algorithm_refused',
    'Nobody: 401 token_malformed',
    'The keys were fetched once.',
    '',
  ]);
});

test('http-service serves its visitors while their token is replaced, and none of them waits for it.', async () => {
  const { code, output, errors } = await runSample('http-service');

  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^(\d+) of \1 visits were answered\.$/m);
  expect(output).toContain('Visits that waited for a token: 0, while it was replaced 2 times.\nHealth: 200\n');
});
