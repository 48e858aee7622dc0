/**
 * Named tokens that are kept fresh in the background.
 *
 * @module
 */
export { TokenServer } from './token-server.js';
export type { TokenServerOptions } from './server-options.js';
export type { TokenServerState } from './server-state.js';
export type {
  FailedEvent,
  RecoveredEvent,
  RefreshedEvent,
  TokenServerEvents,
  TokenServerListener,
} from './server-events.js';
export { defaultRegistry, TokenRegistry } from './token-registry.js';
export { fetchToken } from './fetch-token.js';
export type { FetchTokenOptions } from './fetch-token.js';
export type { FetchOptions, FetchWait } from './fetch-wait.js';
export type { FailedFetch, FetchedToken, TokenResult } from './token-result.js';
export type {
  MetadataSource,
  RefreshTokenSource,
  ServiceAccountSource,
  BareToken,
  SourcedToken,
  TokenFunction,
  TokenSource,
} from './sources/token-source.js';
export type { BackoffType } from './keeping/backoff-type.js';
export { TokenPool } from './pool/token-pool.js';
export type { PoolAccount } from './pool/pool-accounts.js';
export type { TokenPoolOptions } from './pool/pool-options.js';
export type { PoolCallOptions, PoolTokenOptions } from './pool/pool-request.js';
