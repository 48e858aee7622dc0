/**
 * Credentials for the HTTP clients that people already use.
 * @module
 */
export type { AuthorizedFetchOptions } from './fetch.js';
export { authorizedFetch } from './fetch.js';
