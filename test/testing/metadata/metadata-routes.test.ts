import { expect, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import type { MetadataServer } from '../../../src/testing/metadata/metadata-server.js';
import type { Reply } from '../emulator-client.js';
import { anEmulator, ask } from '../emulator-client.js';

const ACCOUNTS = 'instance/service-accounts/';

function read(server: MetadataServer, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  const url = `http://${server.host}/computeMetadata/v1/${path}`;
  return ask(url, { headers: { 'metadata-flavor': 'Google', ...headers } });
}

test('the root answers without the header, so that clients can find out where they are', async () => {
  const emulator = await anEmulator();
  const { host } = await emulator.metadata();

  const { status, headers, text } = await ask(`http://${host}/`);

  expect([status, headers.get('metadata-flavor'), headers.get('server')]).toEqual([
    200,
    'Google',
    'Metadata Server for VM',
  ]);
  expect(text).toBe('computeMetadata/\n');
});

test.each([
  ['without the header', 'project/project-id', { 'metadata-flavor': '' }],
  ['with another value of it', `${ACCOUNTS}default/token`, { 'metadata-flavor': 'google' }],
  ['that was forwarded', `${ACCOUNTS}default/token`, { 'x-forwarded-for': '203.0.113.1' }],
])('a request %s is refused with 403, which is Google’s all the same', async (_, path, headers) => {
  const emulator = await anEmulator();
  const server = await emulator.metadata();

  const reply = await read(server, path, headers);

  expect([reply.status, reply.headers.get('metadata-flavor')]).toEqual([403, 'Google']);
  expect(reply.text).not.toContain('ya29');
});

test.each([
  ['project/project-id', 'a-project'],
  ['project/numeric-project-id', '42'],
  ['universe/universe-domain', 'example.com'],
  [`${ACCOUNTS}default/email`, 'default@example.com'],
  [`${ACCOUNTS}second@example.com/email`, 'second@example.com'],
  [`${ACCOUNTS}second%40example.com/email`, 'second@example.com'],
  [`${ACCOUNTS}default/scopes`, 'read\nwrite\n'],
  [`${ACCOUNTS}default/aliases`, 'default\n'],
  [ACCOUNTS, 'default/\ndefault@example.com/\nsecond@example.com/\n'],
  [`${ACCOUNTS}default/`, 'aliases\nemail\nidentity\nscopes\ntoken\n'],
  ['instance/', 'service-accounts/\n'],
  ['', 'instance/\nproject/\nuniverse/\n'],
])('%j is %j', async (path, expected) => {
  const emulator = await anEmulator();
  const server = await emulator.metadata({
    projectId: 'a-project',
    numericProjectId: 42,
    universeDomain: 'example.com',
    serviceAccounts: [
      { email: 'default@example.com', scopes: ['read', 'write'] },
      { email: 'second@example.com', scopes: [] },
    ],
  });

  const { status, text, headers } = await read(server, path);

  expect([status, text, headers.get('content-type')]).toEqual([200, expected, 'application/text']);
});

test('?recursive=true gives JSON, without the tokens', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata({ serviceAccounts: [{ email: 'vm@example.com', scopes: ['read'] }] });

  const account = await read(server, `${ACCOUNTS}default/?recursive=true`);
  const all = await read(server, `${ACCOUNTS}?recursive=True`);
  const project = await read(server, 'project/?recursive=true');

  const expected = { aliases: ['default'], email: 'vm@example.com', scopes: ['read'] };
  expect(account.json).toEqual(expected);
  expect(all.json).toEqual({ default: expected, 'vm@example.com': expected });
  expect(project.json).toEqual({ numericProjectId: 123_456_789_012, projectId: 'emulated-project' });
});

test('?alt=json gives one value as JSON', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata({ projectId: 'a-project' });

  const { text } = await read(server, 'project/project-id?alt=json');

  expect(text).toBe('"a-project"');
});

test('a directory without its slash redirects to the one with it', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata();

  const { status, headers } = await read(server, 'instance/service-accounts');

  expect([status, headers.get('location')]).toEqual([301, '/computeMetadata/v1/instance/service-accounts/']);
});

test.each([
  `${ACCOUNTS}nobody@example.com/token`,
  `${ACCOUNTS}nobody@example.com/identity?audience=a`,
  `${ACCOUNTS}nobody@example.com/email`,
  `${ACCOUNTS}default/nothing`,
  `${ACCOUNTS}%E0%A4%A/token`,
  'project/project-id/more',
  'nothing',
])('%s is not found', async (path) => {
  const emulator = await anEmulator();
  const server = await emulator.metadata();

  const { status, headers } = await read(server, path);

  expect([status, headers.get('metadata-flavor')]).toEqual([404, 'Google']);
});

test('a machine may have no service account, and know nothing of universes', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata({ serviceAccounts: [], universeDomain: null });

  const paths = [`${ACCOUNTS}default/token`, `${ACCOUNTS}default/email`, 'universe/universe-domain', ACCOUNTS];
  const replies = await Promise.all(paths.map((path) => read(server, path)));

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 200]);
  expect(server.accounts).toEqual([]);
});

test('paths of other versions are not found, and are no endpoint', async () => {
  const emulator = await anEmulator();
  const { host } = await emulator.metadata();

  const { status } = await ask(`http://${host}/computeMetadata/v1beta1/instance/`, {
    headers: { 'metadata-flavor': 'Google' },
  });

  expect(status).toBe(404);
  expect(emulator.requests).toMatchObject({ metadata: 0, log: [{ endpoint: 'unknown' }] });
});

test('nothing can be written', async () => {
  const emulator = await anEmulator();
  const { host } = await emulator.metadata();

  const { status } = await ask(`http://${host}/computeMetadata/v1/project/project-id`, {
    method: 'PUT',
    headers: { 'metadata-flavor': 'Google' },
  });

  expect(status).toBe(405);
});

test.each(['?scopes=read,write', '?scopes=read%20write', '?scopes=write,read,'])(
  'a token for %s has those scopes instead of the account’s',
  async (query) => {
    const emulator = await anEmulator();
    const server = await emulator.metadata({ serviceAccounts: [{ scopes: ['all'] }] });

    const { json } = await read(server, `${ACCOUNTS}default/token${query}`);

    const { json: information } = await ask(`${emulator.tokenInfoUri}?access_token=${String(json['access_token'])}`);
    expect(new Set(String(information['scope']).split(' '))).toEqual(new Set(['read', 'write']));
  },
);

test('a token for no scopes has the account’s', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata({ serviceAccounts: [{ scopes: ['all'] }] });

  const { json } = await read(server, `${ACCOUNTS}default/token?scopes=`);

  const { json: information } = await ask(`${emulator.tokenInfoUri}?access_token=${String(json['access_token'])}`);
  expect(information['scope']).toBe('all');
});

test('an account that is disabled gets no token', async () => {
  const emulator = await anEmulator({ clock: manualClock() });
  const server = await emulator.metadata();
  server.accounts[0]?.disable(true);

  const { status } = await read(server, `${ACCOUNTS}default/token`);

  expect(status).toBe(403);
});

test.each(['', '?audience='])('identity%s wants an audience', async (query) => {
  const emulator = await anEmulator();
  const server = await emulator.metadata();

  const { status, text } = await read(server, `${ACCOUNTS}default/identity${query}`);

  expect(status).toBe(400);
  expect(text).toContain('non-empty audience parameter required');
});
