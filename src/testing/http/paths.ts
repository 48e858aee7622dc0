/** Where an emulator serves what. */

/** The paths of its endpoints that have just one. */
export const PATHS = {
  token: '/token',
  revoke: '/revoke',
  tokenInfo: '/tokeninfo',
  api: '/api',
  jwks: '/oauth2/v3/certs',
  certs: '/oauth2/v1/certs',
  redirect: '/redirect',
  serviceAccounts: '/v1/projects/-/serviceAccounts',
} as const;
