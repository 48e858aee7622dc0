/** A small HTTP client over `node:http` and `node:https`: one request, one answer, bounded in time and size. */
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Clock } from '../base/clock.js';
import { scheduleOn } from '../base/schedule.js';
import { BodyTooLarge, cappedText } from './capped-text.js';
import { proxyRefused, requestRefused } from './client-failure.js';
import { watchConnection } from './connection-watch.js';
import { bounded } from './deadline.js';
import { attemptTimedOut, bodyTooLarge, connectTimedOut, failureOf } from './failure.js';
import { keptAgents, nodeHttp, nodeHttps, type KeptAgents } from './kept-agents.js';
import { ATTEMPT_TIMEOUT_MS } from './limits.js';
import { hostAndPort, parseTarget } from './target.js';
import type { HttpResponse, TransportRequest } from './transport.js';

/** What a client is built from. */
export interface NodeHttpOptions {
  /** Whose time the deadlines are measured in. */
  readonly clock: Clock;
  /** How long a connection may take to be made, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** The client certificate for mutual TLS, as PEM. */
  readonly cert?: string | undefined;
  /** Its private key, as PEM. */
  readonly key?: string | undefined;
}

/** Sends one request, through the given agent or over a kept connection. */
export type NodeHttpClient = (request: TransportRequest, agent?: Agent) => Promise<HttpResponse>;

interface Exchange {
  readonly request: TransportRequest;
  /** Somebody else's agent, where one was chosen: a proxy's, or the user's. */
  readonly chosen: Agent | undefined;
  readonly agents: KeptAgents;
  readonly options: NodeHttpOptions;
  /** Whether the request may have reached the server. */
  sent: boolean;
  /** The request under way, once it is begun. */
  sending: ClientRequest | undefined;
}

/** Makes a client, with connections of its own to keep. */
export function nodeHttpClient(options: NodeHttpOptions): NodeHttpClient {
  const agents = keptAgents();
  return (request, chosen) => {
    const exchange: Exchange = { request, chosen, agents, options, sent: false, sending: undefined };
    const { url, signal, timeoutMs = ATTEMPT_TIMEOUT_MS } = request;
    const timedOut = (): Error => attemptTimedOut(url, timeoutMs, exchange.sent);
    return bounded(
      { clock: options.clock, timeoutMs, signals: [signal], timedOut },
      () => run(exchange),
      () => {
        exchange.sending?.destroy();
      },
    );
  };
}

function run(exchange: Exchange): Promise<HttpResponse> {
  const { url, body } = exchange.request;
  return new Promise((resolve, reject) => {
    const request = open(exchange);
    const fail = (error: unknown): void => {
      reject(error instanceof BodyTooLarge ? bodyTooLarge(url) : failureOf(error, url, exchange.sent));
      request.destroy();
    };
    exchange.sending = request;
    request.on('error', fail);
    request.on('response', (answer) => {
      cappedText(answer).then((text) => resolve(answerOf(answer, text)), fail);
    });
    // A kept connection stands already: what is sent on it may arrive at once.
    if (request.reusedSocket) exchange.sent = true;
    else limitConnect(exchange, request, fail);
    request.end(body);
  });
}

/** Node refuses malformed headers and certificates here, before it sends anything. */
function open({ request, chosen, agents, options }: Exchange): ClientRequest {
  const target = parseTarget(request.url);
  const secure = target.protocol === 'https:';
  const settings = {
    ...routeTo(target),
    method: request.method,
    // An object, and not a list, which Node would take too: tracers and agents add their own to it.
    headers: { ...request.headers },
    agent: chosen ?? agents(secure),
  };
  try {
    if (!secure) return nodeHttp().request(settings);
    return nodeHttps().request({ ...settings, cert: options.cert, key: options.key });
  } catch (error) {
    throw requestRefused(hostAndPort(request.url), error);
  }
}

/** The part of a request's settings that its URL gives. */
type Route = Pick<RequestOptions, 'protocol' | 'hostname' | 'port' | 'path' | 'auth'>;

/** Taking a URL apart costs as much as a small request: the latest way is remembered. */
let latest: { readonly target: Readonly<URL>; readonly route: Route } | undefined;

function routeTo(target: Readonly<URL>): Route {
  if (latest?.target !== target) {
    const { protocol, hostname, port, path, auth } = process.getBuiltinModule('node:url').urlToHttpOptions(target);
    latest = { target, route: { protocol, hostname, port, path, auth } };
  }
  return latest.route;
}

/** The connection has a deadline of its own: a server that cannot be reached is found out long before a slow one. */
function limitConnect(exchange: Exchange, request: ClientRequest, fail: (error: Error) => void): void {
  const { connectTimeoutMs, clock } = exchange.options;
  const { url } = exchange.request;
  const cancel = scheduleOn(clock, connectTimeoutMs, () => {
    fail(connectTimedOut(url, connectTimeoutMs));
  });
  request.on('close', cancel);
  watchConnection(request, parseTarget(url).protocol === 'https:', {
    connected: () => {
      exchange.sent = true;
      cancel();
    },
    refused: (status) => {
      fail(proxyRefused(hostAndPort(url), status));
    },
  });
}

function answerOf(answer: IncomingMessage, body: string): HttpResponse {
  const { headers, statusCode = 0 } = answer;
  const get = (name: string): string | null => {
    const key = name.toLowerCase();
    const value = Object.hasOwn(headers, key) ? headers[key] : undefined;
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  };
  return { status: statusCode, headers: { get }, body };
}
