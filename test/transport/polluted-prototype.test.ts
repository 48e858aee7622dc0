/** What a polluted `Object.prototype` supplies must neither break a refresh nor be sent. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childOf, type Child } from '../contract/child.js';

/** Optional members of what the way to the wire is built of; not `signal` and `timeout`, with which Node's own client fails. */
const NAMES = [
  ...['error', 'response', 'timeoutMs', 'headers', 'body', 'proxy', 'resend', 'sending', 'fetch'],
  ...['agent', 'cert', 'key', 'noProxy', 'clock', 'connectTimeoutMs', 'attempts', 'attemptTimeoutMs', 'keepsTime'],
  ...['mayRetry', 'receivedAt', 'endpoint', 'refusal', 'advice', 'scopes', 'raptToken', 'tokenTypeHint', 'clientId'],
  ...[
    'clientSecret',
    'parameters',
    'tokens',
    'grant',
    'singleAttempt',
    'transport',
    'refreshToken',
    'host',
    'port',
    'auth',
  ],
];

let child: Child;
beforeAll(async () => {
  child = await childOf('src/index.ts');
});
afterAll(() => {
  child[Symbol.dispose]();
});

test('A polluted Object.prototype breaks no refresh, and nothing of it is sent', async () => {
  const bodies = new Set<string>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      bodies.add(body);
      response.end('{"access_token":"token-1","token_type":"Bearer","expires_in":3600}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tokenUri = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`;

  const printed = await child.run(`
    import { ClientCredentials, UserCredentials } from './entry.mjs';
    const client = { clientId: 'client', clientSecret: 'a client secret', tokenUri: '${tokenUri}' };
    const kinds = [
      () => new UserCredentials({ ...client, refreshToken: 'a refresh token' }),
      () => new ClientCredentials(client),
    ];
    for (const name of ${JSON.stringify(NAMES)}) {
      for (const value of ['polluted', 5, null, {}, () => 'polluted']) {
        for (const make of kinds) {
          const credentials = make();
          Object.prototype[name] = value;
          const outcome = await credentials.refresh().then(() => credentials.token, (error) => error.message);
          delete Object.prototype[name];
          if (outcome !== 'token-1') console.log(name, typeof value, outcome);
        }
      }
    }`);
  server.close();

  expect(printed).toBe('');
  expect([...bodies].sort()).toEqual([
    'grant_type=client_credentials',
    'grant_type=refresh_token&client_id=client&client_secret=a+client+secret&refresh_token=a+refresh+token',
  ]);
});
