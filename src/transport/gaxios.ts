/** The default transport: gaxios chooses the way (proxies, agents), our own small client goes it. The only file that loads gaxios. */
import type { GaxiosOptions } from 'gaxios';
import type { Agent } from 'node:http';
import { isLoopbackHost } from '../base/address.js';
import { begin } from '../base/begin.js';
import { FirstUse } from '../base/first-use.js';
import { TransportError } from '../errors.js';
import { bodyText, readableHeaders } from './answer.js';
import { clientMissing, requestRefused } from './client-failure.js';
import type { GaxiosSettings } from './gaxios-options.js';
import { nodeHttpClient, type NodeHttpClient } from './node-http.js';
import { ownRequest } from './own-request.js';
import { chainOf } from './system-error.js';
import { hostAndPort, parseTarget } from './target.js';
import type { GaxiosLike, HttpResponse, Transport, TransportRequest } from './transport.js';

/** A transport with a choice of ways. */
export interface GaxiosClient {
  /** Goes the way that gaxios chooses, or directly where the request says so. */
  readonly send: Transport;
  /** Goes directly, without asking gaxios. */
  readonly sendDirectly: Transport;
}

/** The transport with these settings. */
export function gaxiosClient(settings: GaxiosSettings): GaxiosClient {
  const client = nodeHttpClient(settings);
  const gaxios = new FirstUse(loadGaxios);
  const way = { client, settings };
  return {
    send: checking((request) =>
      request.proxy === false ? client(request) : gaxios.use((loaded) => throughGaxios(loaded, request, way)),
    ),
    sendDirectly: checking(client),
  };
}

/** @throws What is wrong with the request, before anything is loaded or opened for it. */
function checking(send: Transport): Transport {
  return (given) =>
    begin(() => {
      const request = ownRequest(given);
      parseTarget(request.url);
      request.signal?.throwIfAborted();
      return send(request);
    });
}

interface Way {
  readonly client: NodeHttpClient;
  readonly settings: GaxiosSettings;
}

async function throughGaxios(gaxios: GaxiosLike, request: TransportRequest, way: Way): Promise<HttpResponse> {
  try {
    const { status, headers, data } = await gaxios.request(gaxiosOptions(request, way));
    return { status, headers: readableHeaders(headers), body: bodyText(data) };
  } catch (error) {
    request.signal?.throwIfAborted();
    // A GaxiosError holds the whole request: only what our own client said is let out.
    throw (
      chainOf(error).find((link) => link instanceof TransportError) ?? requestRefused(hostAndPort(request.url), error)
    );
  }
}

/** Fresh at every attempt; gaxios neither retries, nor judges a status, nor redacts what is not its own. */
function gaxiosOptions(request: TransportRequest, { client, settings }: Way): object {
  const { url, method } = request;
  const options: Omit<GaxiosOptions, 'agent' | 'fetchImplementation'> = {
    url,
    method,
    // Headers and body go past it: it would only copy them. Without data it would look for a FormData or a Blob.
    data: '',
    responseType: 'text',
    validateStatus: () => true,
    retry: false,
    errorRedactor: false,
    ...(settings.proxy === undefined ? {} : { proxy: settings.proxy }),
    ...(settings.noProxy === undefined ? {} : { noProxy: [...settings.noProxy] }),
  };
  return {
    ...options,
    // To gaxios it is of Node's own type, which our declarations do without.
    ...(settings.agent === undefined ? {} : { agent: settings.agent }),
    fetchImplementation: fetchOver(client, request, settings),
  };
}

interface PreparedRequest {
  readonly agent?: WayOut | ((url: URL) => WayOut);
}

/** An agent; a proxy's tells where the proxy is. */
type WayOut = Agent & { readonly proxy?: unknown };

/** What gaxios takes for `fetch`. Deadlines and signal stay with us: gaxios would lose the caller's reason. */
function fetchOver(client: NodeHttpClient, request: TransportRequest, settings: GaxiosSettings) {
  return async (url: URL, { agent }: PreparedRequest): Promise<object> => {
    const chosen = typeof agent === 'function' ? agent(url) : agent;
    const isGiven = settings.agent !== undefined || settings.proxy !== undefined;
    const answer = await client(request, !isGiven && leavesMachine(chosen?.proxy, url) ? undefined : chosen);
    return { status: answer.status, headers: answer.headers, text: () => Promise.resolve(answer.body) };
  };
}

/** Whether a proxy on another machine would be asked for what is on this one: it would connect to itself, and read plain http. */
function leavesMachine(proxy: unknown, { hostname }: URL): boolean {
  return proxy instanceof URL && isLoopbackHost(hostname) && !isLoopbackHost(proxy.hostname);
}

async function loadGaxios(): Promise<GaxiosLike> {
  try {
    const { Gaxios } = await import('gaxios');
    return new Gaxios();
  } catch {
    throw clientMissing();
  }
}
