/** Three HTTP clients that a library may use already, each wrapped through `beforeRequest`: fetch, gaxios, node:http. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { UserCredentials, type Credentials } from 'credence';
import { Gaxios } from 'gaxios';
import { openPlayground } from './support/playground.js';

/** With fetch: the headers are made before the request, and `beforeRequest` adds to them. */
async function statusByFetch(credentials: Credentials, url: string): Promise<number> {
  const headers = new Headers({ accept: 'application/json' });
  await credentials.beforeRequest(undefined, 'GET', url, headers);
  return (await fetch(url, { headers })).status;
}

/** With gaxios: an interceptor does it for every request of this instance. */
function authorizing(credentials: Credentials): Gaxios {
  const gaxios = new Gaxios();
  gaxios.interceptors.request.add({
    resolved: async (config) => {
      await credentials.beforeRequest(undefined, config.method ?? 'GET', config.url.href, config.headers);
      return config;
    },
  });
  return gaxios;
}

/** With node:http: any plain object of headers will do, and no promise is needed while a token is held. */
async function statusByNode(credentials: Credentials, url: string): Promise<number | undefined> {
  const headers: Record<string, string> = {};
  if (!credentials.tryApply(headers)) await credentials.beforeRequest(undefined, 'GET', url, headers);
  const [response] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

await using playground = await openPlayground();
const { file, apiUrl } = playground;
const credentials = await UserCredentials.fromAuthorizedUserFile(file);

console.log(`fetch: ${await statusByFetch(credentials, apiUrl)}`);
console.log(`gaxios: ${(await authorizing(credentials).request({ url: apiUrl })).status}`);
console.log(`node:http: ${String(await statusByNode(credentials, apiUrl))}`);
