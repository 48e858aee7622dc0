/** An HTTP service that calls an API for each visitor: a token server keeps its credentials warm, so that no visitor waits for a token. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserCredentials } from 'credence';
import { TokenServer } from 'credence/server';
import { openPlayground } from './support/playground.js';

// Tokens that live three seconds, from an endpoint that takes its time.
await using playground = await openPlayground({ accessTokenLifetimeMs: 3_900, latencyMs: 200 });
const credentials = await UserCredentials.fromAuthorizedUserFile(playground.file);

// `sync`: the service opens its doors with a token in hand. Whoever holds these credentials gains, and needs not know of the server.
await using tokens = await TokenServer.start({ name: 'api', source: credentials, prefetch: 'sync' });
let renewed = 0;
tokens.on('refreshed', () => (renewed += 1));
tokens.on('failed', ({ error, nextRefreshAt }) => {
  console.warn(`No new token (${error.code}); the next attempt is at ${new Date(nextRefreshAt ?? 0).toISOString()}.`);
});

let waited = 0;

/** Calls the API as one would without a token server. */
async function answer(response: ServerResponse): Promise<void> {
  const headers: Record<string, string> = {};
  if (!credentials.tryApply(headers)) {
    waited += 1;
    await credentials.beforeRequest(undefined, 'GET', playground.apiUrl, headers);
  }
  const { status } = await fetch(playground.apiUrl, { headers });
  response.writeHead(status).end();
}

const service = createServer((request, response) => {
  // A load balancer asks here: there is a usable token, or none.
  if (request.url === '/healthz') response.writeHead(tokens.state.tokenState === 'invalid' ? 503 : 200).end();
  else answer(response).catch(() => response.writeHead(502).end());
}).listen(0, '127.0.0.1');
await once(service, 'listening');
const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;

// Visitors, until the token has been replaced twice.
console.log('Visitors come, 50 in a second, until a token of three seconds has been replaced twice …');
const statuses: number[] = [];
while (renewed < 2) {
  statuses.push((await fetch(url)).status);
  await sleep(20);
}
console.log(`${statuses.filter((status) => status === 200).length} of ${statuses.length} visits were answered.`);
console.log(`Visits that waited for a token: ${waited}, while it was replaced ${renewed} times.`);
console.log(`Health: ${(await fetch(`${url}/healthz`)).status}`);
service.close();
service.closeAllConnections();
