/** The refresh token grant as Google's token endpoint gives it, with rotation as other servers do it (RFC 6749 §6). */
import type { RequestForm } from '../http/request-form.js';
import { requireField } from '../http/request-form.js';
import { issueIdToken } from '../keys/id-token.js';
import type { Realm } from '../realm.js';
import { authenticateClient } from './client-authentication.js';
import type { GrantHandler } from './grant-handler.js';
import { narrowScopes } from './granted-scopes.js';
import type { Grant } from './grants.js';
import { Refusal } from './refusal.js';
import { tokenMembers } from './token-members.js';

/** Answers a token request whose `grant_type` is `refresh_token`. */
export const refreshTokenGrant: GrantHandler = async ({ incoming, form, realm }) => {
  const client = authenticateClient(incoming, form, realm.grants);
  const presented = requireField(form, 'refresh_token');
  const grant = realm.grants.ofRefreshToken(presented);
  if (grant === undefined || grant.revoked || grant.client !== client) throw deadRefreshToken();
  refuseReuse(grant, presented, realm);
  refuseWithoutReauth(grant, form);
  const scopes = narrowScopes(form.get('scope'), grant.scopes);
  const successor = rotate(grant, presented, realm);
  const token = realm.issueAccessToken(grant, scopes);
  return { ...tokenMembers(token, realm), ...successor, ...(await idTokenMember(grant, scopes, realm)) };
};

function refuseReuse(grant: Grant, presented: string, { clock, settings }: Realm): void {
  const standing = grant.refreshTokens.standing(presented, clock.now(), settings.rotationGraceMs);
  if (standing !== 'reused') return;
  grant.revoke();
  throw deadRefreshToken();
}

function refuseWithoutReauth(grant: Grant, form: RequestForm): void {
  const rapt = form.get('rapt');
  if (!grant.reauthRequired || rapt === grant.raptToken) return;
  const subtype = rapt === undefined ? 'rapt_required' : 'invalid_rapt';
  throw new Refusal('invalid_grant', `reauth related error (${subtype})`, { members: { error_subtype: subtype } });
}

/** A token within its grace brings the successor that is there already; a current one is replaced now. */
function rotate(grant: Grant, presented: string, { clock, settings, grants }: Realm): { refresh_token?: string } {
  const replaced = presented !== grant.refreshTokens.current;
  if (!replaced && !settings.rotateRefreshTokens) return {};
  if (!replaced) grants.rotate(grant, clock.now());
  return { refresh_token: grant.refreshTokens.current };
}

async function idTokenMember(grant: Grant, scopes: readonly string[], realm: Realm): Promise<{ id_token?: string }> {
  if (!scopes.includes('openid')) return {};
  const { clientId, subject, email } = grant;
  return { id_token: await issueIdToken(realm, { audience: clientId, authorizedParty: clientId, subject, email }) };
}

function deadRefreshToken(): Refusal {
  return new Refusal('invalid_grant', 'Token has been expired or revoked.');
}
