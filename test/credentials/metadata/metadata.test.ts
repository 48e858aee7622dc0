import { Gaxios } from 'gaxios';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  RefreshError,
  type HttpResponse,
  type SigningCredentials,
  type Transport,
  type TransportRequest,
} from 'credence';
import { manualClock, type ManualClock } from 'credence/testing';
import { MetadataCredentials } from '../../../src/credentials/metadata/metadata.js';
import { startConnectProxy } from '../../contract/connect-proxy.js';
import { whetherHeld } from '../../fixtures/held-process.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { aMetadataServer, forgetMetadataServer, type MetadataReply } from '../../fixtures/metadata-server.js';
import { headersOf } from '../../fixtures/scripted-credentials.js';
import { anEmulator } from '../../fixtures/user.js';

const FLAVOR = { 'metadata-flavor': 'Google' };
const EMAIL = '123-compute@developer.gserviceaccount.com';

beforeEach(() => {
  forgetMetadataServer();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A machine of Google's: each token request brings another token. */
function machine(path: string, _query: URLSearchParams, count: number): MetadataReply {
  if (path.endsWith('/token')) return { body: { access_token: `ya29.${String(count)}`, expires_in: 3_599 } };
  if (path.endsWith('/email')) return { body: EMAIL };
  if (path === 'project/project-id') return { body: 'my-project' };
  if (path === 'universe/universe-domain') return { body: 'example.goog' };
  return { status: 404 };
}

/** The server's own cache: one token, handed out again until so long before its end. */
function cachingServer(clock: ManualClock, renewsMs: number) {
  let issued = 0;
  let endsAt = -Infinity;
  let requests = 0;
  const transport: Transport = () => {
    requests += 1;
    if (endsAt - clock.now() <= renewsMs) {
      issued += 1;
      endsAt = clock.now() + 3_600_000;
    }
    const expires_in = Math.floor((endsAt - clock.now()) / 1000);
    return Promise.resolve(httpAnswer(200, { access_token: `ya29.${String(issued)}`, expires_in }, FLAVOR));
  };
  return { transport, requests: () => requests, issued: () => issued };
}

describe('a token', () => {
  it('comes from the default service account, in one request', async () => {
    await using server = await aMetadataServer(machine);

    const headers = await headersOf(new MetadataCredentials());

    expect(headers).toEqual({ authorization: 'Bearer ya29.1' });
    expect(server.seen.map(({ path, query }) => [path, String(query)])).toEqual([
      ['instance/service-accounts/default/token', ''],
    ]);
    expect(server.seen[0]?.headers).toMatchObject({
      'metadata-flavor': 'Google',
      'x-goog-api-client': expect.stringMatching(/^gl-node\/\S+ auth\/\S+ auth-request-type\/at cred-type\/mds$/),
    });
  });

  it('comes from the named service account, with the named scopes, else with the default ones', async () => {
    await using server = await aMetadataServer(machine);
    const serviceAccountEmail = 'sa@p.iam.gserviceaccount.com';

    await new MetadataCredentials({ serviceAccountEmail, scopes: 'a b', defaultScopes: 'c' }).refresh();
    await new MetadataCredentials({ defaultScopes: ['c'] }).refresh();
    await new MetadataCredentials({ scopes: [], defaultScopes: ['c'] }).refresh();

    expect(server.seen.map(({ path, query }) => [path.split('/').at(-2), query.get('scopes')])).toEqual([
      [serviceAccountEmail, 'a,b'],
      ['default', 'c'],
      ['default', null],
    ]);
  });

  it('comes from the host that the environment names at the time of the call', async () => {
    const credentials = new MetadataCredentials();
    await using first = await aMetadataServer(machine);
    await credentials.refresh();
    await using second = await aMetadataServer(machine);
    await credentials.refresh();

    expect([first.seen.length, second.seen.length]).toEqual([1, 1]);
  });

  it.each(['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'])(
    'never comes through the proxy of %s, whichever client is used',
    async (name) => {
      await using server = await aMetadataServer(machine);
      await using proxy = await startConnectProxy();
      vi.stubEnv(name, proxy.url);

      await new MetadataCredentials().refresh();
      await new MetadataCredentials({ transport: new Gaxios() }).refresh();

      expect(server.seen).toHaveLength(2);
      expect(proxy.targets).toEqual([]);
    },
  );

  it('F27 is asked for once by a thousand callers', async () => {
    await using server = await aMetadataServer(machine);
    const credentials = new MetadataCredentials();

    await Promise.all(Array.from({ length: 1_000 }, () => headersOf(credentials)));

    expect(server.seen).toHaveLength(1);
  });

  it('is put on no request to the metadata server itself, so that a client that signs everything does not wait for itself', async () => {
    await using server = await aMetadataServer(machine);
    const credentials = new MetadataCredentials();

    const headers = await headersOf(credentials, `http://${server.host}/computeMetadata/v1/project/project-id`);

    expect(headers).toEqual({});
    expect(server.seen).toEqual([]);
  });
});

describe('F19 a token near its end', () => {
  it.each([
    ['four minutes, as on Compute Engine', 240_000, 1],
    ['five minutes', 300_000, 1],
    ['one minute', 60_000, 3],
    ['none at all', 0, 9],
  ])('is asked for a few times in its life where the server renews before its end by %s', async (_, renewsMs, most) => {
    const clock = manualClock();
    const { transport, requests, issued } = cachingServer(clock, renewsMs);
    const credentials = new MetadataCredentials({ clock, transport });

    for (let second = 0; second < 3 * 3_600; second += 1) {
      await headersOf(credentials);
      expect(credentials.expiry?.getTime()).toBeGreaterThan(clock.now());
      await clock.advance(1_000);
    }

    expect(issued()).toBeLessThanOrEqual(4);
    expect(requests() / issued()).toBeLessThanOrEqual(most);
  });

  it('is served by itself while it lasts, and causes no mint per call', async () => {
    const clock = manualClock();
    let requests = 0;
    const transport: Transport = () => {
      requests += 1;
      return Promise.resolve(httpAnswer(200, { access_token: 'ya29.short', expires_in: 200 }, FLAVOR));
    };
    const credentials = new MetadataCredentials({ clock, transport });

    for (let call = 0; call < 100; call += 1) await headersOf(credentials);

    expect(requests).toBe(1);
    expect(credentials.tokenState).toBe('fresh');
  });
});

describe('a failure', () => {
  const failing = (answer: () => Promise<HttpResponse>) => {
    const clock = manualClock();
    const seen: TransportRequest[] = [];
    const transport: Transport = (request) => {
      seen.push(request);
      return answer();
    };
    return { clock, seen, credentials: new MetadataCredentials({ clock, transport }) };
  };
  const outcome = (refreshing: Promise<unknown>): Promise<unknown> => refreshing.catch((error: unknown) => error);

  it('F2 is tried again up to five times while somebody waits', async () => {
    const { clock, seen, credentials } = failing(() => Promise.resolve(httpAnswer(503, '', FLAVOR)));
    const refreshing = outcome(credentials.refresh());
    await expect.poll(() => seen.length).toBeGreaterThan(0);

    await clock.advance(25_000);

    expect(await refreshing).toMatchObject({ code: 'metadata_unavailable', retryable: true, status: 503 });
    expect(seen).toHaveLength(5);
    expect(seen.every(({ proxy }) => proxy === false)).toBe(true);
  });

  it('F1 says that only machines of Google have a metadata server', async () => {
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const { clock, seen, credentials } = failing(() => Promise.reject(refused));
    const refreshing = outcome(credentials.refresh());
    await expect.poll(() => seen.length).toBeGreaterThan(0);

    await clock.advance(25_000);

    expect(await refreshing).toMatchObject({ code: 'metadata_unavailable', retryable: true });
    expect(String(await refreshing)).toContain('Only machines of Google have one');
  });

  it('F5 of a server that swallows everything ends in time', async () => {
    const { clock, seen, credentials } = failing(() => new Promise(() => undefined));
    const refreshing = outcome(credentials.refresh());
    await expect.poll(() => seen.length).toBeGreaterThan(0);

    await clock.advance(30_000);

    expect(await refreshing).toBeInstanceOf(RefreshError);
    expect(await refreshing).toMatchObject({ retryable: true });
  });

  it.each([403, 404])('with %d is final, asked for once, and says what to do', async (status) => {
    await using server = await aMetadataServer(() => ({ status, body: '<html>secret</html>' }));
    const credentials = new MetadataCredentials({ serviceAccountEmail: 'gone@p.iam.gserviceaccount.com' });

    const error = await outcome(credentials.refresh());

    expect(error).toMatchObject({ code: 'metadata_refused', retryable: false, status });
    expect(String(error)).toContain('gone@p.iam.gserviceaccount.com');
    expect(String(error)).not.toContain('secret');
    expect(server.seen).toHaveLength(1);
  });

  it('F10 of a portal that answers for the server is not believed', async () => {
    await using server = await aMetadataServer((...request) => ({ ...machine(...request), flavor: null }));
    const credentials = new MetadataCredentials();

    const error = await outcome(credentials.refresh());

    expect(error).toMatchObject({ code: 'metadata_unavailable', retryable: true });
    expect(credentials.token).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });

  it('of a host that is more than a host sends nothing', async () => {
    vi.stubEnv('GCE_METADATA_HOST', 'http://127.0.0.1:1/x');
    const { seen, credentials } = failing(() => Promise.resolve(httpAnswer(200, '')));

    const error = await outcome(credentials.refresh());

    expect(error).toMatchObject({ code: 'metadata_unavailable', retryable: false });
    expect(seen).toEqual([]);
  });

  it('leaves a token that is still usable alone', async () => {
    const clock = manualClock();
    let up = true;
    const transport: Transport = () =>
      Promise.resolve(
        up ? httpAnswer(200, { access_token: 'ya29.1', expires_in: 3_600 }, FLAVOR) : httpAnswer(500, ''),
      );
    const credentials = new MetadataCredentials({ clock, transport });
    await credentials.refresh();
    up = false;

    await clock.advance(3_500_000);

    expect(await headersOf(credentials)).toEqual({ authorization: 'Bearer ya29.1' });
  });
});

describe('what is known of the machine', () => {
  it('is asked for once, and shared with copies', async () => {
    await using server = await aMetadataServer(machine);
    const credentials = new MetadataCredentials();

    const project = await Promise.all([credentials.getProjectId(), credentials.getProjectId()]);
    const copied = await credentials.withScopes('a').getProjectId();

    expect([...project, copied]).toEqual(['my-project', 'my-project', 'my-project']);
    expect(server.seen.map(({ path }) => path)).toEqual(['project/project-id']);
  });

  it('is asked for again after a failure', async () => {
    let up = false;
    await using _server = await aMetadataServer((...request) => (up ? machine(...request) : { status: 404 }));
    const credentials = new MetadataCredentials();
    await expect(credentials.getProjectId()).rejects.toMatchObject({ code: 'metadata_refused' });
    up = true;

    expect(await credentials.getProjectId()).toBe('my-project');
  });

  it('is another where the environment names another host', async () => {
    const credentials = new MetadataCredentials();
    await using _first = await aMetadataServer(machine);
    await credentials.getProjectId();
    await using _second = await aMetadataServer(() => ({ body: 'other-project' }));

    expect(await credentials.getProjectId()).toBe('other-project');
  });

  it('holds the universe, which is asked for only when somebody wants to know, and only where none was named', async () => {
    await using server = await aMetadataServer(machine);
    const credentials = new MetadataCredentials();
    const before = credentials.universeDomain;

    const learnt = await credentials.getUniverseDomain();
    const named = await credentials.withUniverseDomain('named.goog').getUniverseDomain();

    expect([before, learnt, named]).toEqual(['googleapis.com', 'example.goog', 'named.goog']);
    expect(credentials.universeDomain).toBe('example.goog');
    expect(credentials.withUniverseDomain('named.goog').universeDomain).toBe('named.goog');
    expect(server.seen.map(({ path }) => path)).toEqual(['universe/universe-domain']);
  });

  it('holds the address of the default account, where that is the one', async () => {
    await using server = await aMetadataServer(machine);
    const credentials = new MetadataCredentials();
    const before = credentials.getCredentialInfo();

    const email = await credentials.getServiceAccountEmail();
    const named = await credentials.withServiceAccount('sa@p.x').getServiceAccountEmail();

    expect([email, named]).toEqual([EMAIL, 'sa@p.x']);
    expect(before).toEqual({ source: 'metadata server', type: 'VM credentials', principal: 'default' });
    expect(credentials.getCredentialInfo().principal).toBe(EMAIL);
    expect(credentials.serviceAccountEmail).toBe('default');
    expect(server.seen).toHaveLength(1);
  });

  it('is asked for through the request of the call, which is checked', async () => {
    const request: Transport = () => Promise.resolve(httpAnswer(200, 'by-request', FLAVOR));
    const credentials = new MetadataCredentials();

    expect(await credentials.getProjectId(request)).toBe('by-request');
    await expect(new MetadataCredentials().getProjectId(7 as never)).rejects.toThrow(TypeError);
  });

  it('F55 hears a caller’s abort', async () => {
    const leaving = new AbortController();
    const credentials = new MetadataCredentials({ transport: () => new Promise(() => undefined) });
    const asking = credentials.getProjectId(undefined, { signal: leaving.signal });

    leaving.abort('gone');

    await expect(asking).rejects.toBe('gone');
    await expect(credentials.getUniverseDomain(undefined, { signal: AbortSignal.abort('left') })).rejects.toBe('left');
  });
});

describe('copies', () => {
  it('have no token where they would be another one, and the token where they would be the same', async () => {
    await using _server = await aMetadataServer(machine);
    const credentials = new MetadataCredentials({ quotaProjectId: 'q' });
    await credentials.refresh();

    const others = [
      credentials.withScopes(['a']),
      credentials.withServiceAccount('sa@p.x'),
      credentials.withUniverseDomain('example.goog'),
    ];

    expect(others.map(({ token, quotaProjectId }) => [token, quotaProjectId])).toEqual([
      [undefined, 'q'],
      [undefined, 'q'],
      [undefined, 'q'],
    ]);
    expect(credentials.withQuotaProject('r').token).toBe(credentials.token);
    expect(others.every((copy) => Object.isFrozen(copy))).toBe(true);
  });

  it('replace both lists of scopes', () => {
    const credentials = new MetadataCredentials({ scopes: 'a', defaultScopes: 'b' });

    const scoped = credentials.withScopes('c d', ['e']);
    const bare = credentials.withScopes(undefined);

    expect([scoped.scopes, scoped.defaultScopes]).toEqual([['c', 'd'], ['e']]);
    expect([bare.scopes, bare.defaultScopes]).toEqual([undefined, undefined]);
    expect([credentials.scopes, credentials.defaultScopes]).toEqual([['a'], ['b']]);
  });

  it('of a subclass that does not override copy() are refused', () => {
    class Mine extends MetadataCredentials {}

    expect(() => new Mine().withScopes('a')).toThrow(TypeError);
  });
});

it('scopes are wanted where none were named, and those that are asked for are had', () => {
  const credentials = new MetadataCredentials({ scopes: 'a b' });

  expect([credentials.requiresScopes, new MetadataCredentials().requiresScopes]).toEqual([false, true]);
  expect(credentials.hasScopes('a')).toBe(true);
  expect(credentials.hasScopes(['a', 'c'])).toBe(false);
  expect(new MetadataCredentials({ defaultScopes: 'd' }).hasScopes('d')).toBe(true);
  expect(new MetadataCredentials().hasScopes('a')).toBe(false);
});

it('usage is told as that of the metadata server, where it is to be told', async () => {
  await using _server = await aMetadataServer(machine);
  const credentials = new MetadataCredentials({ usageHeader: true });

  const headers = await headersOf(credentials, 'https://storage.googleapis.com/x');

  expect(headers['x-goog-api-client']).toBe('cred-type/mds');
});

describe('an emulated machine', () => {
  it('is known by its project, universe and account, and its tokens open the API', async () => {
    const emulator = await anEmulator();
    const metadata = await emulator.metadata({ projectId: 'emulated', universeDomain: null });
    vi.stubEnv('GCE_METADATA_HOST', metadata.host);
    const credentials = new MetadataCredentials({ allowInsecure: true });

    const known = [
      await credentials.getProjectId(),
      await credentials.getUniverseDomain(),
      await credentials.getServiceAccountEmail(),
    ];
    const answer = await fetch(emulator.apiUrl, { headers: await headersOf(credentials, emulator.apiUrl) });

    expect(known).toEqual(['emulated', 'googleapis.com', metadata.accounts[0]?.email]);
    expect(answer.status).toBe(200);
  });

  it('F19 has another token when the refresh window begins, so that one refresh is enough', async () => {
    const clock = manualClock();
    const emulator = await anEmulator({ clock });
    const metadata = await emulator.metadata();
    vi.stubEnv('GCE_METADATA_HOST', metadata.host);
    const credentials = new MetadataCredentials({ clock });
    const { value } = await credentials.refresh();
    await clock.advance(3_600_000 - 225_000);

    const stale = await headersOf(credentials);
    await expect.poll(() => credentials.tokenState).toBe('fresh');

    expect(stale).toEqual({ authorization: `Bearer ${value}` });
    expect(credentials.token).not.toBe(value);
  });

  it('refuses the tokens of an account that is disabled', async () => {
    const emulator = await anEmulator();
    const metadata = await emulator.metadata({ serviceAccounts: [{}, {}] });
    const [, account] = metadata.accounts;
    vi.stubEnv('GCE_METADATA_HOST', metadata.host);
    account?.disable(true);

    const refreshing = new MetadataCredentials({ serviceAccountEmail: account?.email }).refresh();

    await expect(refreshing).rejects.toMatchObject({ code: 'metadata_refused', status: 403 });
  });
});

describe('signing', () => {
  const iam =
    (seen: TransportRequest[]): Transport =>
    (request) => {
      seen.push(request);
      if (request.url.startsWith('https://iamcredentials.'))
        return Promise.resolve(httpAnswer(200, { signedBlob: Buffer.from('signed').toString('base64') }));
      const path = new URL(request.url).pathname.replace('/computeMetadata/v1/', '');
      const { status = 200, body = '' } = machine(path, new URLSearchParams(), 1);
      return Promise.resolve(httpAnswer(status, body, FLAVOR));
    };

  it('is done by IAM for the address of the machine, in its universe', async () => {
    const seen: TransportRequest[] = [];
    const credentials = new MetadataCredentials({ transport: iam(seen) });

    const signature = await credentials.signBytes('to sign');

    const signing = seen.find(({ method }) => method === 'POST');
    expect(Buffer.from(signature).toString()).toBe('signed');
    expect(signing?.url).toBe(
      `https://iamcredentials.example.goog/v1/projects/-/serviceAccounts/${encodeURIComponent(EMAIL)}:signBlob`,
    );
    expect(signing?.headers).toMatchObject({ authorization: 'Bearer ya29.1' });
    expect(JSON.parse(signing?.body ?? '')).toEqual({ payload: Buffer.from('to sign').toString('base64') });
  });

  it('takes bytes as they are at the call, and nothing else', async () => {
    const seen: TransportRequest[] = [];
    const credentials = new MetadataCredentials({ transport: iam(seen) });
    const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);

    const signing = credentials.signBytes(bytes);
    bytes.fill(9);
    await signing;

    expect(JSON.parse(seen.find(({ method }) => method === 'POST')?.body ?? '')).toEqual({ payload: 'AgM=' });
    await expect(credentials.signBytes([1] as never)).rejects.toThrow('"bytes"');
  });

  it('goes through the transport of the call, where one is given', async () => {
    const seen: TransportRequest[] = [];
    const credentials = new MetadataCredentials({ transport: () => Promise.reject(new Error('not this one')) });

    const signature = await credentials.signBytes('to sign', { request: iam(seen) });

    expect(Buffer.from(signature).toString()).toBe('signed');
    expect(seen.length).toBeGreaterThan(0);
  });

  it('has the shape of all credentials that sign, and no other', async () => {
    const credentials: Pick<SigningCredentials, 'signBytes'> = new MetadataCredentials({ transport: iam([]) });

    const signature = await credentials.signBytes('x', { signal: new AbortController().signal });

    expect(Buffer.from(signature).toString()).toBe('signed');
    await expect(credentials.signBytes('x', iam([]) as never)).rejects.toThrow('"options" must be an object');
    await expect(credentials.signBytes('x', { request: 7 } as never)).rejects.toThrow('"request"');
  });

  it('F82 ends with an error where nothing answers, and the process is held until then', async () => {
    const clock = manualClock();
    const credentials = new MetadataCredentials({ clock, transport: () => new Promise(() => undefined) });

    const held = await whetherHeld(
      () => credentials.signBytes('x'),
      () => clock.advance(60_000),
    );

    expect(held).toEqual([true, false]);
  });

  it('F55 hears a caller’s abort', async () => {
    const credentials = new MetadataCredentials({ transport: () => new Promise(() => undefined) });
    const leaving = new AbortController();
    const signing = credentials.signBytes('x', { signal: leaving.signal });

    leaving.abort('gone');

    await expect(signing).rejects.toBe('gone');
  });
});
