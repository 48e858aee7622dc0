/** The calls that find and load credentials. Loaded with the first one. */
export { credentialsFromFile, credentialsFromInfo } from './credentials-from.js';
export { defaultCredentials } from './default-credentials.js';
export { fetchIdToken, idTokenCredentials } from './id-token.js';
