/** Names and addresses that Google has fixed. */

/** The token endpoint of Google's accounts. */
export const GOOGLE_TOKEN_URI = 'https://oauth2.googleapis.com/token';

/** The universe of everybody who was not told otherwise. */
export const DEFAULT_UNIVERSE_DOMAIN = 'googleapis.com';

/** The header that says which project is billed and counted. */
export const QUOTA_PROJECT_HEADER = 'x-goog-user-project';

/** The header of an API key. */
export const API_KEY_HEADER = 'x-goog-api-key';

/** The environment variable that overrides the quota project of a credential file. */
export const QUOTA_PROJECT_VARIABLE = 'GOOGLE_CLOUD_QUOTA_PROJECT';
