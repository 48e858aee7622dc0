/** Which endpoint of an emulator serves which path. */
import { accountCertsEndpoint, accountJwksEndpoint, certsEndpoint, jwksEndpoint } from '../apis/certs-endpoint.js';
import { echoApi } from '../apis/echo-api.js';
import type { IamMethod } from '../apis/iam-methods.js';
import { iamEndpoint } from '../apis/iam-methods.js';
import { redirectEndpoint } from '../apis/redirect-endpoint.js';
import { revocationEndpoint } from '../oauth/revocation-endpoint.js';
import { tokenEndpoint } from '../oauth/token-endpoint.js';
import { tokenInfoEndpoint } from '../oauth/tokeninfo-endpoint.js';
import type { Realm } from '../realm.js';
import type { Endpoint } from './http-exchange.js';
import { jsonAnswer } from './http-exchange.js';
import { PATHS } from './paths.js';
import type { RequestTarget } from './request-record.js';

const IAM_METHODS: readonly IamMethod[] = ['signBlob', 'signJwt', 'generateIdToken', 'generateAccessToken'];

/** `/robot/v1/metadata/x509/EMAIL`, the same with `jwk`, or `/v1/projects/-/serviceAccounts/EMAIL:METHOD`. */
const ACCOUNT_PATH =
  /^\/robot\/v1\/metadata\/(?<keys>x509|jwk)\/[^/]+$|^\/v1\/projects\/-\/serviceAccounts\/[^/:]+:(?<method>\w+)$/;

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
    [PATHS.jwks, { target: 'certs', serve: jwksEndpoint(realm), methods: ['GET'] }],
    [PATHS.certs, { target: 'certs', serve: certsEndpoint(realm), methods: ['GET'] }],
    [PATHS.redirect, { target: 'redirect', serve: redirectEndpoint }],
  ]);
  return (method, path) => {
    const below = path.startsWith(`${PATHS.api}/`) ? api : accountRoute(path, realm);
    const route = exact.get(path) ?? below;
    if (route === undefined) return { target: 'unknown', serve: () => jsonAnswer(404, { error: 'not_found' }) };
    if (route.methods?.includes(method) ?? true) return route;
    return { target: route.target, serve: () => methodNotAllowed(route.methods ?? []) };
  };
}

/** What belongs to one service account: its public keys, and what IAM does for it. */
function accountRoute(path: string, realm: Realm): PathRoute | undefined {
  const { keys, method } = ACCOUNT_PATH.exec(path)?.groups ?? {};
  const name = IAM_METHODS.find((each) => each === method);
  if (name !== undefined) return { target: name, serve: iamEndpoint(realm, name), methods: ['POST'] };
  if (keys === 'x509') return { target: 'certs', serve: accountCertsEndpoint(realm), methods: ['GET'] };
  if (keys === 'jwk') return { target: 'certs', serve: accountJwksEndpoint(realm), methods: ['GET'] };
  return undefined;
}

function methodNotAllowed(methods: readonly string[]): ReturnType<typeof jsonAnswer> {
  return jsonAnswer(405, { error: 'method_not_allowed' }, { allow: methods.join(', ') });
}
