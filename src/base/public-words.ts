/** What everybody knows: to say it tells nothing of a secret that happens to contain it. */

/** The error words of OAuth 2.0, OpenID Connect and Google. */
export const ERROR_WORDS: ReadonlySet<string> = new Set([
  'access_denied',
  'account_selection_required',
  'admin_policy_enforced',
  'authorization_pending',
  'consent_required',
  'deleted_client',
  'disabled_client',
  'expired_token',
  'insufficient_scope',
  'interaction_required',
  'internal_failure',
  'invalid_client',
  'invalid_grant',
  'invalid_rapt',
  'invalid_request',
  'invalid_scope',
  'invalid_target',
  'invalid_token',
  'login_required',
  'org_internal',
  'rapt_required',
  'rate_limit_exceeded',
  'redirect_uri_mismatch',
  'server_error',
  'slow_down',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  'unsupported_token_type',
]);

/** Longer words that servers use when they refuse, and that people build secrets from. */
const LONG_WORDS =
  'access_token accounts.google.com administrator application assertion audience authenticated authentication authorization ' +
  'authorized client_id client_secret configuration configured credential credentials deactivated delegation developer ' +
  'disabled endpoint expiration googleapis.com googleusercontent.com grant_type gserviceaccount.com incorrect invalidated ' +
  'malformed mismatch organization parameter password permission permitted production project_id provided ' +
  'reauthentication redirect_uri refresh_token registered repository requested required resource response restricted ' +
  'security service_account signature supported suspended timestamp unauthenticated unauthorized unavailable unrecognized ' +
  'unsupported verification';

/** All of them. Windows of eight characters that stand in one of these count for nothing. */
export const PUBLIC_WORDS: readonly string[] = Object.freeze([...ERROR_WORDS, ...LONG_WORDS.split(' ')]);
