/** Which endpoint of an emulator serves which path. */
import { echoApi } from './echo-api.js';
import type { EmulatorEndpoint } from './fault.js';
import type { Endpoint } from './http-exchange.js';
import { jsonAnswer } from './http-exchange.js';
import type { Realm } from './realm.js';
import { redirectEndpoint } from './redirect-endpoint.js';
import type { RequestTarget } from './request-record.js';
import { revocationEndpoint } from './revocation-endpoint.js';
import { tokenEndpoint } from './token-endpoint.js';
import { tokenInfoEndpoint } from './tokeninfo-endpoint.js';

/** Where an emulator serves each endpoint. */
export const PATHS: Readonly<Record<EmulatorEndpoint, string>> = Object.freeze({
  token: '/token',
  revoke: '/revoke',
  tokenInfo: '/tokeninfo',
  api: '/api',
});

/** What serves a request. */
export interface Route {
  readonly target: RequestTarget;
  readonly serve: Endpoint;
}

interface PathRoute extends Route {
  /** Methods that are served; without it, all are. */
  readonly methods?: readonly string[];
}

/** Makes the function that finds the route of a request. */
export function routesOf(realm: Realm): (method: string, path: string) => Route {
  const api: PathRoute = { target: 'api', serve: echoApi(realm) };
  const exact: ReadonlyMap<string, PathRoute> = new Map<string, PathRoute>([
    [PATHS.token, { target: 'token', serve: tokenEndpoint(realm), methods: ['POST'] }],
    [PATHS.revoke, { target: 'revoke', serve: revocationEndpoint(realm), methods: ['POST'] }],
    [PATHS.tokenInfo, { target: 'tokenInfo', serve: tokenInfoEndpoint(realm), methods: ['GET', 'POST'] }],
    [PATHS.api, api],
    ['/redirect', { target: 'redirect', serve: redirectEndpoint }],
  ]);
  return (method, path) => {
    const route = exact.get(path) ?? (path.startsWith(`${PATHS.api}/`) ? api : undefined);
    if (route === undefined) return { target: 'unknown', serve: () => jsonAnswer(404, { error: 'not_found' }) };
    if (route.methods?.includes(method) ?? true) return route;
    return { target: route.target, serve: () => methodNotAllowed(route.methods ?? []) };
  };
}

function methodNotAllowed(methods: readonly string[]): ReturnType<typeof jsonAnswer> {
  return jsonAnswer(405, { error: 'method_not_allowed' }, { allow: methods.join(', ') });
}
