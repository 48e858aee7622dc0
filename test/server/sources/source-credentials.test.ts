import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError, fetchTransport, UserCredentials, type Transport, type TransportRequest } from 'credence';
import { sourceOf } from '../../../src/server/sources/source-credentials.js';
import type { TokenSource } from '../../../src/server/sources/token-source.js';
import { headersOf, ScriptedCredentials, tokens } from '../../fixtures/scripted-credentials.js';
import { anInfo } from '../../fixtures/service-account.js';
import { anEmulator } from '../../fixtures/user.js';

const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The credentials of a source, and every request that they sent. */
async function made(source: TokenSource | undefined, options: object = {}) {
  const sent: TransportRequest[] = [];
  const transport = fetchTransport();
  const request: Transport = (asked) => {
    sent.push(asked);
    return transport(asked);
  };
  const { credentials, find } = sourceOf({ source, request, ...options });
  return { credentials: credentials ?? (await find()), sent };
}

/** The claims of an assertion. */
function claimsOf(request: TransportRequest | undefined): Record<string, unknown> {
  const assertion = new URLSearchParams(request?.body).get('assertion') ?? '';
  return JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
}

describe('credentials', () => {
  it('are taken as they are, and send what they are told to', async () => {
    const credentials = new ScriptedCredentials({});
    const request = async (): Promise<never> => expect.unreachable('Nothing is sent.');

    const source = sourceOf({ source: credentials, request });

    expect(source).toMatchObject({ credentials, request });
  });
});

describe('a function', () => {
  it('becomes credentials', async () => {
    const { credentials } = await made(() => tokens('t'));

    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer t' });
  });
});

describe('{ serviceAccount }', () => {
  it('asks for cloud-platform where nothing else is said', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();

    const { credentials, sent } = await made({ serviceAccount: info });
    await credentials.refresh();

    expect(claimsOf(sent.at(-1))).toMatchObject({ iss: info.client_email, scope: CLOUD_PLATFORM });
  });

  it('asks for its scopes, at its url', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    const elsewhere = { ...info, token_uri: 'https://elsewhere.example.com/token' };

    const { credentials, sent } = await made({ serviceAccount: elsewhere, scopes: ['a', 'b'], url: emulator.tokenUri });
    await credentials.refresh();

    expect(claimsOf(sent.at(-1))).toMatchObject({ scope: 'a b', aud: emulator.tokenUri });
  });

  it('takes claims instead: scope and sub', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    const claims = { scope: 'x', sub: 'user@example.com', extra: 1 };

    const { credentials, sent } = await made({ serviceAccount: info, claims });
    await credentials.refresh().catch(() => undefined);

    expect(claimsOf(sent.at(-1))).toMatchObject(claims);
  });

  it('takes target_audience for an ID token', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();
    const claims = { target_audience: 'https://service.example.com' };

    const { credentials, sent } = await made({ serviceAccount: info, claims, url: emulator.tokenUri });

    await credentials.refresh();
    expect(claimsOf(sent.at(-1))).toMatchObject(claims);
    expect(credentials.token?.split('.')).toHaveLength(3);
  });

  it.each([{ sub: '' }, { sub: 5 }, { scope: 5 }, { target_audience: 5 }])('refuses the claims %j', async (claims) => {
    const emulator = await anEmulator();
    const { info } = await emulator.serviceAccount();

    await expect(made({ serviceAccount: info, claims })).rejects.toThrow('of "claims" must be');
  });
});

describe('{ refreshToken }', () => {
  it('becomes a user', async () => {
    const emulator = await anEmulator();
    const { info } = await emulator.authorizedUser();

    const { credentials, sent } = await made({ refreshToken: info });

    expect(credentials).toBeInstanceOf(UserCredentials);
    await credentials.refresh();
    expect(sent).toHaveLength(1);
  });
});

describe('{ metadata }', () => {
  it('asks the metadata server at its url', async () => {
    const emulator = await anEmulator();
    const machine = await emulator.metadata();

    const { credentials, sent } = await made({ metadata: { url: `http://${machine.host}` } });

    await credentials.refresh();
    expect(sent).toHaveLength(1);
    expect(emulator.requests.metadataToken).toBe(1);
  });

  it('asks for an ID token where there is an audience', async () => {
    const emulator = await anEmulator();
    const machine = await emulator.metadata();

    const { credentials, sent } = await made({
      metadata: { url: `http://${machine.host}`, audience: 'https://x.example.com' },
    });

    await credentials.refresh();
    expect(sent).toHaveLength(1);
    expect(emulator.requests.metadataIdentity).toBe(1);
  });

  it('asks for the account that is named', async () => {
    const account = 'robot@example.iam.gserviceaccount.com';

    const { credentials } = await made({ metadata: { account } });

    expect(credentials).toMatchObject({ serviceAccountEmail: account });
  });
});

describe('nothing', () => {
  it('means application default credentials, which are looked for when they are needed', async () => {
    const emulator = await anEmulator();
    const { path } = await emulator.serviceAccount();
    const sent: TransportRequest[] = [];
    const capture: Transport = (asked) => {
      sent.push(asked);
      return fetchTransport()(asked);
    };
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '/nowhere/at/all.json');
    const { credentials, find } = sourceOf({ source: undefined, request: capture });
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path);

    const found = await find!();

    expect(credentials).toBeUndefined();
    await found.refresh();
    expect(claimsOf(sent.at(-1))).toMatchObject({ scope: CLOUD_PLATFORM });
  });
});

it.each([null, 5, 'adc', {}, { serviceaccount: {} }])('%j is no source', (source) => {
  expect(() => sourceOf({ source: source as never })).toThrow('"source" must be');
});

it.each([
  [{ serviceAccount: {}, scope: 'x' }, '"source"'],
  [{ refreshToken: {}, url: 'x' }, '"source"'],
  [{ metadata: { host: 'x' } }, '"metadata"'],
  [{ metadata: { url: 'metadata' } }, '"url"'],
])('%j is a TypeError that names %s', (source, name) => {
  expect(() => sourceOf({ source: source as never })).toThrow(TypeError);
  expect(() => sourceOf({ source: source as never })).toThrow(name);
});

const REFRESH_TOKEN = { client_id: 'c', client_secret: 's', refresh_token: 'r', type: 'authorized_user' };

it.each<[string, TokenSource, string]>([
  [
    'credentials',
    new ScriptedCredentials({}),
    'beside credentials: make these with their scopes, or with withScopes()',
  ],
  ['a function', () => tokens('t'), 'beside a function'],
  ['an ID token of the machine', { metadata: { audience: 'https://x.example.com' } }, 'beside "audience"'],
])('Scopes beside %s are a TypeError that says where they belong.', (_, source, message) => {
  expect(() => sourceOf({ source, scopes: 'a' })).toThrow(TypeError);
  expect(() => sourceOf({ source, scopes: 'a' })).toThrow(`"scopes" must be left out ${message}`);
});

it.each<[string, TokenSource]>([
  ['{ serviceAccount }', { serviceAccount: anInfo() }],
  ['{ refreshToken }', { refreshToken: REFRESH_TOKEN }],
  ['{ metadata }', { metadata: {} }],
])('Scopes beside %s are asked for.', (_, source) => {
  const { credentials } = sourceOf({ source, scopes: new Set(['a', 'b']) });

  expect(credentials).toMatchObject({ scopes: ['a', 'b'] });
});

it.each([1, {}, [1], 'a"b', Symbol('a'), null])(
  'Scopes %# are checked at once, also for default credentials.',
  (scopes) => {
    expect(() => sourceOf({ source: undefined, scopes: scopes as never })).toThrow(TypeError);
    expect(() => sourceOf({ source: undefined, scopes: scopes as never })).toThrow(/^"scopes/);
  },
);

it('A key file that lacks fields is a ConfigurationError.', () => {
  expect(() => sourceOf({ source: { serviceAccount: {} } })).toThrow(ConfigurationError);
});
