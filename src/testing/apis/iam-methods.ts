/** What the IAM credentials API does for whoever may act as a service account. */
import { readString, readStringArray } from '../../base/json-fields.js';
import type { JsonObject } from '../../base/json.js';
import { parseJsonObject } from '../../base/json.js';
import type { EmulatorEndpoint } from '../faults/fault.js';
import type { Endpoint } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import { issueIdToken } from '../keys/id-token.js';
import { signBytes, signJwt } from '../keys/signing-key.js';
import { wholeSeconds } from '../oauth/whole-seconds.js';
import type { Realm } from '../realm.js';
import { ApiRefusal } from './api-refusal.js';
import type { IamCall } from './iam-call.js';
import { judgeIamCall } from './iam-call.js';
import { fromAnyBase64 } from './proto-bytes.js';

/** Google allows an hour unless the organisation has it otherwise. */
const MAX_LIFETIME_SECONDS = 3600;

/** The furthest that `signJwt` lets an `exp` lie ahead. */
const MAX_JWT_LIFETIME_SECONDS = 43_200;

/** The name of a method; it is also that of its endpoint. */
export type IamMethod = Extract<EmulatorEndpoint, 'signBlob' | 'signJwt' | 'generateIdToken' | 'generateAccessToken'>;

interface Method {
  readonly permission: string;
  readonly run: (call: IamCall) => Promise<object>;
}

const METHODS: Readonly<Record<IamMethod, Method>> = {
  signBlob: { permission: 'iam.serviceAccounts.signBlob', run: runSignBlob },
  signJwt: { permission: 'iam.serviceAccounts.signJwt', run: runSignJwt },
  generateIdToken: { permission: 'iam.serviceAccounts.getOpenIdToken', run: runGenerateIdToken },
  generateAccessToken: { permission: 'iam.serviceAccounts.getAccessToken', run: runGenerateAccessToken },
};

/** Makes the endpoint of a method. */
export function iamEndpoint(realm: Realm, name: IamMethod): Endpoint {
  const { permission, run } = METHODS[name];
  return async (incoming) => jsonAnswer(200, await run(judgeIamCall(incoming, permission, realm)));
}

async function runSignBlob({ account, body }: IamCall): Promise<object> {
  const payload = fromAnyBase64(requireText(body, 'payload'));
  if (payload === undefined) throw invalidArgument();
  const key = await account.signingKey();
  return { keyId: key.keyId, signedBlob: signBytes(key, payload).toString('base64') };
}

async function runSignJwt({ account, body, realm }: IamCall): Promise<object> {
  const claims = requireClaims(requireText(body, 'payload'), realm.clock.now());
  const key = await account.signingKey();
  return { keyId: key.keyId, signedJwt: signJwt(key, claims) };
}

async function runGenerateIdToken({ account, body, realm }: IamCall): Promise<object> {
  const token = await issueIdToken(realm, {
    audience: requireText(body, 'audience'),
    subject: account.uniqueId,
    authorizedParty: isTrue(body['useEmailAzp']) ? account.email : account.uniqueId,
    email: isTrue(body['includeEmail']) ? account.email : undefined,
  });
  return { token };
}

async function runGenerateAccessToken({ account, body, realm }: IamCall): Promise<object> {
  const token = realm.issueAccessToken(account.holder(), requireScopes(body), lifetimeIn(body));
  const now = realm.clock.now();
  const expiresAt = Math.max(token.expiresAt, now + wholeSeconds(token.expiresAt - now) * 1000);
  const expireTime = new Date(expiresAt).toISOString().replace(/\.\d+/, '');
  return { accessToken: token.value, expireTime };
}

function requireText(body: JsonObject, name: string): string {
  const value = readString(body, name) ?? '';
  if (value === '') throw invalidArgument();
  return value;
}

function requireScopes(body: JsonObject): readonly string[] {
  const scopes = readStringArray(body, 'scope') ?? [];
  if (scopes.length === 0) throw invalidArgument();
  return scopes;
}

function lifetimeIn(body: JsonObject): number | undefined {
  if (body['lifetime'] === undefined) return undefined;
  const seconds = Number(/^(?<seconds>\d+)s$/.exec(readString(body, 'lifetime') ?? '')?.groups?.['seconds']);
  if (seconds > 0 && seconds <= MAX_LIFETIME_SECONDS) return seconds * 1000;
  throw invalidArgument();
}

function requireClaims(payload: string, now: number): JsonObject {
  const claims = parseJsonObject(payload);
  if (claims === undefined) throw invalidArgument();
  const { exp } = claims;
  if (exp === undefined || (typeof exp === 'number' && exp - now / 1000 <= MAX_JWT_LIFETIME_SECONDS)) return claims;
  throw invalidArgument();
}

/** Booleans in protocol buffers' JSON may be quoted, and google-auth quotes them. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function invalidArgument(): ApiRefusal {
  return new ApiRefusal(400, 'Request contains an invalid argument.');
}
