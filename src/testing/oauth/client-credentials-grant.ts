/** The client credentials grant (RFC 6749 §4.4). */
import { authenticateClient } from './client-authentication.js';
import type { GrantHandler } from './grant-handler.js';
import { narrowScopes } from './granted-scopes.js';
import { Refusal } from './refusal.js';
import { tokenMembers } from './token-members.js';

/** Answers a token request whose `grant_type` is `client_credentials`. */
export const clientCredentialsGrant: GrantHandler = async ({ incoming, form, realm }) => {
  const { own } = authenticateClient(incoming, form, realm.grants);
  if (own === undefined) throw new Refusal('unauthorized_client', 'The client may not use this grant.');
  const scopes = narrowScopes(form.get('scope'), own.scopes);
  return { ...tokenMembers(realm.issueAccessToken(own.principal.holder, scopes), realm) };
};
