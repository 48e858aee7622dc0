/** The tarball as users get it: installed in a project of its own, imported, required, compiled against. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchProject, type ScratchProject } from './scratch-project.js';

/** What each entry point must offer at run time; every name is a class or a function. */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  credence: [
    'AccessToken',
    'AnonymousCredentials',
    'ApiKeyCredentials',
    'ClientCredentials',
    'ConfigurationError',
    'CredenceError',
    'Credentials',
    'GcloudCliCredentials',
    'IdTokenVerifier',
    'JwtCredentials',
    'KeySigner',
    'MetadataCredentials',
    'MetadataIdTokenCredentials',
    'OnDemandJwtCredentials',
    'RefreshError',
    'ServiceAccountCredentials',
    'ServiceAccountIdTokenCredentials',
    'StaticCredentials',
    'TokenSet',
    'TransportError',
    'UserCredentials',
    'VerificationError',
    'credentialsFromFile',
    'credentialsFromInfo',
    'defaultCredentials',
    'fetchIdToken',
    'fetchTransport',
    'gaxiosTransport',
    'idTokenCredentials',
    'verifyFirebaseToken',
    'verifyIdToken',
    'withScopesIfRequired',
  ],
  'credence/interop': ['authorizedFetch'],
  'credence/testing': ['createGcloudStandIn', 'manualClock', 'startEmulator'],
};
const ENTRIES = JSON.stringify(Object.keys(OFFERED));

/** The compiler reads all declarations: seconds of work, and a busy machine takes many times as long. */
const COMPILING = { timeout: 120_000 };

let project: ScratchProject;

beforeAll(async () => {
  project = await scratchProject();
});

afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

test('The tarball holds the build, the sources that its maps point at, and the papers; nothing else.', () => {
  const places = project.packed.files.map(({ path }) => path.replace(/^(dist|src)\/.*/, '$1/'));

  expect([...new Set(places)].sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/', 'package.json', 'src/'].sort(),
  );
});

test('Every entry point offers its classes and functions to import.', async () => {
  const code = `
    const offered = {};
    for (const entry of ${ENTRIES}) {
      const all = Object.entries(await import(entry));
      offered[entry] = all.filter(([, value]) => typeof value === 'function').map(([name]) => name);
    }
    console.log(JSON.stringify(offered));`;

  const offered: Record<string, string[]> = JSON.parse(await project.runFile('offers.mjs', code));

  for (const [entry, names] of Object.entries(OFFERED))
    expect(offered[entry]).toEqual(expect.arrayContaining([...names]));
});

test('Require gives the very modules that import gives, so that every class exists once.', async () => {
  const code = `
    const entries = ${ENTRIES};
    const required = entries.map((entry) => require(entry));
    Promise.all(entries.map((entry) => import(entry))).then((imported) => {
      const differ = imported.flatMap((module, i) => Object.keys(module).filter((name) => module[name] !== required[i][name]));
      console.log(JSON.stringify({ count: imported.length, differ }));
    });`;

  const { count, differ } = JSON.parse(await project.runFile('same.cjs', code));

  expect({ count, differ }).toEqual({ count: Object.keys(OFFERED).length, differ: [] });
});

test('A class is the same whichever entry point hands out its objects.', async () => {
  const code = `
    import { StaticCredentials, TransportError, UserCredentials, Credentials } from 'credence';
    import { authorizedFetch } from 'credence/interop';
    import { startEmulator } from 'credence/testing';
    await using emulator = await startEmulator();
    const { path } = await emulator.authorizedUser();
    const credentials = await UserCredentials.fromAuthorizedUserFile(path);
    const response = await authorizedFetch(credentials)(emulator.apiUrl);
    const error = await authorizedFetch(new StaticCredentials('token'))('http://api.example/').catch((reason) => reason);
    console.log(JSON.stringify([response.status, credentials instanceof Credentials, error instanceof TransportError]));`;
  const lowered = code.replace('await using emulator', 'const emulator') + ' await emulator.close();';

  const seen = JSON.parse(await project.runFile('identity.mjs', lowered));

  expect(seen).toEqual([200, true, true]);
});

test('Token servers and pools take credentials of the main entry point, and give its tokens and errors.', async () => {
  const code = `
    import { AccessToken, Credentials, RefreshError, ServiceAccountCredentials, StaticCredentials, UserCredentials } from 'credence';
    import { defaultRegistry, fetchToken, TokenPool, TokenServer } from 'credence/server';
    import { startEmulator } from 'credence/testing';
    const emulator = await startEmulator();
    const { info } = await emulator.authorizedUser();
    const key = (await emulator.serviceAccount()).info;
    const server = await TokenServer.start({ name: 'user', source: { refreshToken: info }, prefetch: 'sync' });
    const pool = new TokenPool({ serviceAccount: [ServiceAccountCredentials.fromServiceAccountInfo(key)] });
    const tokens = [await TokenServer.fetch('user'), await fetchToken(() => new AccessToken('t')), await pool.forScope('a')];
    const stored = new AccessToken('stored', { expiresAt: Date.now() + 60_000 });
    await pool.store(stored, 'b');
    const errors = [TokenServer.fetch('nobody'), pool.forScope('a', { account: 'nobody' }), fetchToken(new StaticCredentials('t'))];
    console.log(JSON.stringify([
      tokens.every((token) => token instanceof AccessToken),
      server.credentials instanceof UserCredentials && server.credentials instanceof Credentials,
      (await pool.forScope('b')).value,
      (await Promise.allSettled(errors)).map(({ reason }) => reason instanceof RefreshError && reason.code),
      AccessToken.fromTokenResponse({ access_token: 't' }) instanceof AccessToken,
    ]));
    await defaultRegistry.stop();
    await pool.stop();
    await emulator.close();`;

  const seen = JSON.parse(await project.runFile('server.mjs', code));

  expect(seen).toEqual([true, true, 'stored', ['no_token', 'no_token', 'not_refreshable'], true]);
});

test('Programs in TypeScript compile against the declarations, as ES modules and as CommonJS.', COMPILING, async () => {
  const complaints = await project.compile({
    'consumer.mts': `
      import { Credentials, UserCredentials, type HeadersLike, type Transport } from 'credence';
      import { authorizedFetch } from 'credence/interop';
      import { TokenPool, TokenServer, type TokenServerOptions } from 'credence/server';
      import { startEmulator, type Emulator } from 'credence/testing';
      const emulator: Emulator = await startEmulator();
      const credentials: UserCredentials = await UserCredentials.fromAuthorizedUserFile('authorized_user.json');
      const base: Credentials = credentials.withQuotaProject('project');
      const headers: HeadersLike = new Headers();
      const transport: Transport | undefined = undefined;
      await base.beforeRequest(transport, 'GET', emulator.apiUrl, headers);
      const response: Response = await authorizedFetch(base)(emulator.apiUrl);
      const options: TokenServerOptions = { name: 'user', source: credentials, backoffType: 'rand_exp' };
      await using server: TokenServer = await TokenServer.start(options);
      const scoped: string = (await new TokenPool({ serviceAccount: [] }).forScope('a', { subject: 'user' })).value;
      console.log(server.state.tokenState, scoped);
      // @ts-expect-error The compiler sees the declarations: a wrong argument is refused.
      console.log(response.status, UserCredentials.fromAuthorizedUserFile(5));`,
    'consumer.cts': `
      import credence = require('credence');
      import server = require('credence/server');
      import testing = require('credence/testing');
      export const fetch: (name: string) => Promise<credence.AccessToken> = server.TokenServer.fetch;
      export const copy = (one: credence.UserCredentials): credence.UserCredentials => one.withQuotaProject('project');
      export const start: () => Promise<testing.Emulator> = testing.startEmulator;`,
  });

  expect(complaints).toBe('');
});

test('The declarations need no types of Node, but for those of the test kit.', COMPILING, async () => {
  const complaints = await project.compile(
    {
      'no-node.mts': `
      import { gaxiosTransport, UserCredentials } from 'credence';
      import { authorizedFetch } from 'credence/interop';
      import { TokenServer } from 'credence/server';
      const transport = gaxiosTransport({ connectTimeoutMs: 1_000 });
      export const fetch: typeof globalThis.fetch = authorizedFetch(new UserCredentials({ refreshToken: 'token', transport }));
      export const server: Promise<TokenServer> = TokenServer.start({ name: 'user', source: { refreshToken: {} } });`,
    },
    'dom',
  );

  expect(complaints).toBe('');
});
