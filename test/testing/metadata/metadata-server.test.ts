import { Compute, GoogleAuth } from 'google-auth-library';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { startEmulator } from '../../../src/testing/emulator.js';
import type { MetadataServer } from '../../../src/testing/metadata/metadata-server.js';
import { anEmulator, ask, callApi } from '../emulator-client.js';
import type { Reply } from '../emulator-client.js';

const TOKEN = 'instance/service-accounts/default/token';

function read(server: MetadataServer, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  const url = `http://${server.host}/computeMetadata/v1/${path}`;
  return ask(url, { headers: { 'metadata-flavor': 'Google', ...headers } });
}

test('listens on a port of its own, and names the environment that leads clients there', async () => {
  const emulator = await anEmulator();

  const server = await emulator.metadata();

  expect(server.host).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(server.host).not.toBe(new URL(emulator.url).host);
  expect(server.env).toEqual({ GCE_METADATA_HOST: server.host, GCE_METADATA_IP: server.host });
});

test('hands out access tokens that the API takes, as tokens of the default account', async () => {
  const emulator = await anEmulator({ clock: manualClock() });
  const server = await emulator.metadata();

  const { json, headers } = await read(server, TOKEN);

  expect(json).toEqual({ access_token: expect.any(String), expires_in: 3_600, token_type: 'Bearer' });
  expect(headers.get('metadata-flavor')).toBe('Google');
  expect((await callApi(emulator, json['access_token'])).json['user']).toBe(server.accounts[0]?.email);
});

test('counts by endpoint, and fails by endpoint', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata();
  emulator.faults.next('metadataPing', { status: 500 });
  emulator.faults.next('metadataToken', { status: 503 });
  emulator.faults.next('metadataIdentity', { html: true });
  emulator.faults.next('metadata', { reset: 'before' });

  const ping = await ask(`http://${server.host}/`);
  const token = await read(server, TOKEN);
  const identity = await read(server, 'instance/service-accounts/default/identity?audience=a');
  const value = read(server, 'project/project-id');

  await expect(value).rejects.toThrow();
  expect([ping.status, token.status, identity.headers.get('content-type')]).toEqual([500, 503, 'text/html']);
  expect(emulator.requests).toMatchObject({ metadataPing: 1, metadataToken: 1, metadataIdentity: 1, metadata: 1 });
  expect(emulator.requests).toMatchObject({ token: 0, api: 0, total: 4 });
});

test('several machines of one emulator share accounts of the same address, and nothing else', async () => {
  const emulator = await anEmulator();
  const { account } = await emulator.serviceAccount();
  const one = await emulator.metadata({ projectId: 'one', serviceAccounts: [{ email: account.email }] });
  const other = await emulator.metadata({ projectId: 'other', serviceAccounts: [{ email: account.email }] });

  const replies = await Promise.all([one, other].map((server) => read(server, 'project/project-id')));
  const tokens = await Promise.all([one, other].map((server) => read(server, TOKEN)));

  expect(replies.map(({ text }) => text)).toEqual(['one', 'other']);
  expect(tokens[0]?.text).not.toBe(tokens[1]?.text);
  expect((await callApi(emulator, tokens[0]?.json['access_token'])).json['user']).toBe(account.email);
});

test('has outages of its own', async () => {
  const emulator = await anEmulator();
  const server = await emulator.metadata();

  await server.outage(true);
  const refused = read(server, TOKEN);

  await expect(refused).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  expect((await ask(emulator.apiUrl)).status).toBe(401);
  await server.outage(false);
  expect((await read(server, TOKEN)).status).toBe(200);
});

test('ends with its emulator, and starts no more', async () => {
  const emulator = await startEmulator();
  const server = await emulator.metadata();

  await emulator.close();

  await expect(read(server, TOKEN)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await expect(server.outage(false)).rejects.toThrow('The emulator is closed.');
  await expect(emulator.metadata()).rejects.toThrow('The emulator is closed.');
});

describe('Google’s own clients', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  function onMachine(server: MetadataServer): void {
    for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
    vi.stubEnv('HOME', '/nonexistent');
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
  }

  test('gcp-metadata finds it and reads it', async () => {
    const emulator = await anEmulator();
    const server = await emulator.metadata({ projectId: 'a-project' });
    onMachine(server);
    const gcpMetadata = await import('gcp-metadata');

    expect(await gcpMetadata.isAvailable()).toBe(true);
    expect(await gcpMetadata.project('project-id')).toBe('a-project');
    expect(await gcpMetadata.universe('universe-domain')).toBe('googleapis.com');
    expect(await gcpMetadata.instance('service-accounts/default/email')).toBe(server.accounts[0]?.email);
    expect(await gcpMetadata.instance('service-accounts')).toContain('default/');
  });

  test('google-auth-library gets access tokens and ID tokens from it', async () => {
    const emulator = await anEmulator();
    const server = await emulator.metadata();
    onMachine(server);
    const client = new Compute({ scopes: ['https://www.googleapis.com/auth/devstorage.read_only'] });

    const response = await client.request<{ user: string }>({ url: emulator.apiUrl });
    const idToken = await client.fetchIdToken('https://service.example');

    expect(response.data.user).toBe(server.accounts[0]?.email);
    expect(idToken.split('.')).toHaveLength(3);
  });

  test('application default credentials of google-auth-library end there', async () => {
    const emulator = await anEmulator();
    const server = await emulator.metadata({ projectId: 'a-project' });
    onMachine(server);
    const auth = new GoogleAuth();

    expect(await auth.getProjectId()).toBe('a-project');
    expect((await auth.getClient()).constructor.name).toBe('Compute');
    expect((await auth.getCredentials()).client_email).toBe(server.accounts[0]?.email);
  });
});
