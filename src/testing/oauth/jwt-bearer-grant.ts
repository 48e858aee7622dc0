/** The JWT bearer grant of service accounts, as Google's token endpoint gives it (RFC 7523 §2.1). */
import { readString } from '../../base/json-fields.js';
import type { JsonObject } from '../../base/json.js';
import type { ServiceAccount } from '../accounts/service-accounts.js';
import { requireField } from '../http/request-form.js';
import { issueIdToken } from '../keys/id-token.js';
import { isShortLivedAt } from '../keys/jwt-lifetime.js';
import { isSignedBy, readJwt } from '../keys/jwt-reading.js';
import type { Realm } from '../realm.js';
import type { GrantHandler } from './grant-handler.js';
import { Refusal } from './refusal.js';
import { tokenMembers } from './token-members.js';

/** The audience that Google documents, and that its own clients send wherever the assertion goes. */
const GOOGLE_AUDIENCE = 'https://oauth2.googleapis.com/token';

const SHORT_LIVED =
  'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. ' +
  'Check your iat and exp values in the JWT claim.';

/** Answers a token request whose `grant_type` is `urn:ietf:params:oauth:grant-type:jwt-bearer`. */
export const jwtBearerGrant: GrantHandler = async ({ form, realm }) => {
  const { account, claims } = judgeAssertion(requireField(form, 'assertion'), realm);
  const audience = readString(claims, 'target_audience') ?? '';
  if (audience !== '') return { id_token: await idTokenOf(account, audience, realm) };
  const holder = account.holder(requireUser(account, claims));
  const { access_token, expires_in, token_type } = tokenMembers(
    realm.issueAccessToken(holder, requireScopes(claims)),
    realm,
  );
  return { access_token, expires_in, token_type };
};

interface Assertion {
  readonly account: ServiceAccount;
  readonly claims: JsonObject;
}

function judgeAssertion(assertion: string, realm: Realm): Assertion {
  const jwt = readJwt(assertion);
  if (jwt === undefined) throw invalidGrant('Invalid JWT');
  const { claims } = jwt;
  const account = realm.serviceAccounts.find(readString(claims, 'iss') ?? '');
  if (account === undefined) throw invalidGrant('Invalid grant: account not found');
  if (account.disabled) throw invalidGrant('Robot is disabled.');
  if (!isSignedBy(jwt, account.keys)) throw invalidGrant('Invalid JWT Signature.');
  refuseOtherAudience(claims, realm);
  if (!isShortLivedAt(claims, realm.clock.now())) throw invalidGrant(SHORT_LIVED);
  return { account, claims };
}

function refuseOtherAudience(claims: JsonObject, { tokenUri, settings }: Realm): void {
  const audience = readString(claims, 'aud');
  if (audience === tokenUri || (settings.acceptGoogleAudience && audience === GOOGLE_AUDIENCE)) return;
  throw invalidGrant(`Invalid JWT: Failed audience check. The right audience is ${tokenUri}`);
}

/** The user whom the account wants to act for (domain-wide delegation), or itself. */
function requireUser(account: ServiceAccount, claims: JsonObject): string {
  const user = readString(claims, 'sub') ?? account.email;
  if (user === account.email || account.delegatedUsers.has(user)) return user;
  throw new Refusal(
    'unauthorized_client',
    'Client is unauthorized to retrieve access tokens using this method, ' +
      'or client not authorized for any of the scopes requested.',
    { status: 401 },
  );
}

function requireScopes(claims: JsonObject): readonly string[] {
  const scopes = (readString(claims, 'scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length > 0) return scopes;
  throw new Refusal('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
}

function idTokenOf({ email, uniqueId }: ServiceAccount, audience: string, realm: Realm): Promise<string> {
  return issueIdToken(realm, { audience, subject: uniqueId, authorizedParty: email, email });
}

function invalidGrant(description: string): Refusal {
  return new Refusal('invalid_grant', description);
}
