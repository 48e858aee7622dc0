/**
 * Google-auth-style credentials: always fresh, safe under races, for every HTTP client.
 * @module
 */
export type { Cancel, Clock } from './base/clock.js';
export { systemClock } from './base/clock.js';
export type { HeadersLike, SettableHeaders } from './base/headers.js';
export type { ScopesLike } from './base/scopes.js';
export type { EndpointPolicy } from './base/url.js';
export { untrustedFile } from './base/url.js';
export { AnonymousCredentials } from './credentials/anonymous.js';
export type { ApiKeyCredentialsOptions } from './credentials/api-key.js';
export { ApiKeyCredentials } from './credentials/api-key.js';
export type { AuthorizedUserFileOptions } from './credentials/authorized-user-options.js';
export type { AuthorizedUserInfo, AuthorizedUserInfoOptions } from './credentials/authorized-user-info.js';
export type { CallOptions } from './credentials/call-options.js';
export type { CredentialInfo } from './credentials/credentials.js';
export { Credentials } from './credentials/credentials.js';
export type { CredentialsOptions, CredentialsWarning } from './credentials/credentials-options.js';
export type { StaticCredentialsOptions } from './credentials/static.js';
export { StaticCredentials } from './credentials/static.js';
export { UserCredentials } from './credentials/user.js';
export type {
  RefreshHandler,
  RefreshHandlerResult,
  TokensListener,
  UserCredentialsOptions,
} from './credentials/user-options.js';
export type {
  ConfigurationErrorCode,
  CredenceErrorOptions,
  ErrorCode,
  RefreshErrorCode,
  RefreshErrorOptions,
  TransportErrorCode,
  TransportErrorOptions,
} from './errors.js';
export { ConfigurationError, CredenceError, RefreshError, TransportError } from './errors.js';
export type { AccessTokenDetails } from './tokens/access-token.js';
export { AccessToken } from './tokens/access-token.js';
export type { MintEvent, NoticeEvent, RefreshEvent, RefreshReason } from './tokens/events.js';
export type { TokenSetParts } from './tokens/token-set.js';
export { TokenSet } from './tokens/token-set.js';
export type { TokenState } from './tokens/token-state.js';
export type { FetchTransportOptions } from './transport/fetch-transport.js';
export { fetchTransport } from './transport/fetch-transport.js';
export type { GaxiosTransportOptions } from './transport/gaxios-transport.js';
export { gaxiosTransport } from './transport/gaxios-transport.js';
export type {
  GaxiosLike,
  GaxiosLikeResponse,
  HttpResponse,
  RequestLike,
  Transport,
  TransportRequest,
} from './transport/transport.js';
