/** One call of the IAM credentials API, judged: who calls, for which service account, with what. */
import type { JsonObject } from '../../base/json.js';
import { parseJsonObject } from '../../base/json.js';
import type { ServiceAccount } from '../accounts/service-accounts.js';
import type { Incoming } from '../http/http-exchange.js';
import { decodedSegment } from '../http/path-segment.js';
import type { Realm } from '../realm.js';
import { ApiRefusal } from './api-refusal.js';
import { bearerToken } from './bearer-token.js';
import type { Caller } from './caller.js';
import { callerOf } from './caller.js';

/** A call that is allowed. */
export interface IamCall {
  readonly realm: Realm;
  readonly account: ServiceAccount;
  readonly body: JsonObject;
}

const ALLOWED_SCOPES = ['https://www.googleapis.com/auth/cloud-platform', 'https://www.googleapis.com/auth/iam'];
const ACCOUNT_IN_PATH = /\/serviceAccounts\/(?<name>[^/:]+):\w+$/;
const DELEGATE = /^projects\/-\/serviceAccounts\/(?<name>[^/:]+)$/;

/**
 * Judges a call of the method that wants `permission`.
 * @throws ApiRefusal where it is not allowed.
 */
export function judgeIamCall(incoming: Incoming, permission: string, realm: Realm): IamCall {
  const caller = requireCaller(incoming, realm);
  const body = requireBody(incoming);
  const account = requireAccount(ACCOUNT_IN_PATH.exec(incoming.url.pathname)?.groups?.['name'] ?? '', realm);
  const chain = [...delegatesIn(body).map((name) => requireAccount(name, realm)), account];
  requireTrust(caller.email, chain, permission);
  if (account.disabled) throw new ApiRefusal(400, 'The service account is disabled.');
  return { realm, account, body };
}

function requireCaller({ headers, url }: Incoming, realm: Realm): Caller {
  const token = bearerToken(headers.authorization);
  const caller = token === undefined ? undefined : callerOf(token, url.pathname, realm);
  if (caller === undefined || caller.credential === 'id_token') {
    throw new ApiRefusal(401, 'Request had invalid authentication credentials.');
  }
  if (caller.scopes?.some((scope) => ALLOWED_SCOPES.includes(scope)) ?? true) return caller;
  const info = errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'googleapis.com', {});
  throw new ApiRefusal(403, 'Request had insufficient authentication scopes.', info);
}

function requireBody({ body }: Incoming): JsonObject {
  const value = parseJsonObject(body);
  if (value === undefined) throw new ApiRefusal(400, 'Invalid JSON payload received.');
  return value;
}

function requireAccount(name: string, realm: Realm): ServiceAccount {
  const account = realm.serviceAccounts.find(decodedSegment(name));
  if (account === undefined) throw new ApiRefusal(404, 'Not found; Gaia id not found for email');
  return account;
}

function delegatesIn({ delegates = [] }: JsonObject): string[] {
  const names = Array.isArray(delegates) ? delegates.map(delegateName) : [undefined];
  const known = names.filter((name) => name !== undefined);
  if (known.length < names.length) throw new ApiRefusal(400, 'Request contains an invalid argument.');
  return known;
}

function delegateName(delegate: unknown): string | undefined {
  return typeof delegate === 'string' ? DELEGATE.exec(delegate)?.groups?.['name'] : undefined;
}

/** Each of the chain must trust the one before it; the first, the caller. */
function requireTrust(caller: string, chain: readonly ServiceAccount[], permission: string): void {
  let previous = caller;
  for (const { email, tokenCreators } of chain) {
    if (tokenCreators?.has(previous) === false) throw permissionDenied(permission);
    previous = email;
  }
}

function permissionDenied(permission: string): ApiRefusal {
  const message = `Permission '${permission}' denied on resource (or it may not exist).`;
  return new ApiRefusal(403, message, errorInfo('IAM_PERMISSION_DENIED', 'iam.googleapis.com', { permission }));
}

function errorInfo(reason: string, domain: string, metadata: object): JsonObject {
  return { details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain, metadata }] };
}
