/**
 * Google-auth-style credentials: always fresh, safe under races, for every HTTP client.
 * @module
 */
import { AnonymousCredentials } from './credentials/anonymous.js';
import { ApiKeyCredentials } from './credentials/api-key.js';
import { ClientCredentials } from './credentials/client/client.js';
import { Credentials } from './credentials/credentials.js';
import { GcloudCliCredentials } from './credentials/gcloud/gcloud-cli.js';
import { JwtCredentials } from './credentials/jwt/jwt.js';
import { OnDemandJwtCredentials } from './credentials/jwt/on-demand-jwt.js';
import { MetadataIdTokenCredentials } from './credentials/metadata/metadata-id-token.js';
import { MetadataCredentials } from './credentials/metadata/metadata.js';
import { ServiceAccountIdTokenCredentials } from './credentials/service-account/service-account-id-token.js';
import { ServiceAccountCredentials } from './credentials/service-account/service-account.js';
import { StaticCredentials } from './credentials/static.js';
import { UserCredentials } from './credentials/user/user.js';
import { KeySigner } from './jose/key-signer.js';
import { AccessToken } from './tokens/access-token.js';
import { TokenSet } from './tokens/token-set.js';
import { IdTokenVerifier } from './verification/id-token-verifier.js';

export type { IdTokenOptions } from './adc/id-token.js';
export type { CredentialsFromOptions } from './adc/credentials-from.js';
export type { DefaultCredentialsOptions } from './adc/default-credentials.js';
export {
  credentialsFromFile,
  credentialsFromInfo,
  defaultCredentials,
  fetchIdToken,
  idTokenCredentials,
} from './adc/on-first-use.js';
export type { CredentialsByType, CredentialType, LoadedCredentials, LoadOptions } from './adc/loaders.js';
export type { Cancel, Clock } from './base/clock.js';
export { systemClock } from './base/clock.js';
export type { HeadersLike, SettableHeaders } from './base/headers.js';
export type { ScopesLike } from './base/scopes.js';
export type { EndpointPolicy } from './base/url.js';
export { untrustedFile } from './base/url.js';
export { AnonymousCredentials } from './credentials/anonymous.js';
export type { ApiKeyCredentialsOptions } from './credentials/api-key.js';
export { ApiKeyCredentials } from './credentials/api-key.js';
export type { AuthorizedUserFileOptions } from './credentials/user/authorized-user-options.js';
export type { AuthorizedUserInfo, AuthorizedUserInfoOptions } from './credentials/user/authorized-user-info.js';
export { ClientCredentials } from './credentials/client/client.js';
export type { ClientCredentialsOptions } from './credentials/client/client-options.js';
export type { CallOptions, InvalidateOptions, RefreshOptions } from './credentials/call-options.js';
export type { CredentialInfo } from './credentials/credentials.js';
export { Credentials } from './credentials/credentials.js';
export type { CredentialsOptions, CredentialsWarning } from './credentials/credentials-options.js';
export { GcloudCliCredentials } from './credentials/gcloud/gcloud-cli.js';
export type { GcloudCliCredentialsOptions } from './credentials/gcloud/gcloud-options.js';
export type { JwtClaims, JwtCredentialsLoadOptions } from './credentials/jwt/jwt.js';
export { JwtCredentials } from './credentials/jwt/jwt.js';
export type {
  JwtCredentialsOptions,
  JwtOptions,
  OnDemandJwtCredentialsOptions,
} from './credentials/jwt/jwt-options.js';
export { MetadataCredentials } from './credentials/metadata/metadata.js';
export type { MetadataCredentialsOptions } from './credentials/metadata/metadata-options.js';
export { MetadataIdTokenCredentials } from './credentials/metadata/metadata-id-token.js';
export type { MetadataIdTokenCredentialsOptions } from './credentials/metadata/metadata-id-token-options.js';
export type { JwtLoadOptions } from './credentials/jwt/jwt-load.js';
export type { OnDemandJwtLoadOptions } from './credentials/jwt/on-demand-jwt.js';
export { OnDemandJwtCredentials } from './credentials/jwt/on-demand-jwt.js';
export { ServiceAccountCredentials } from './credentials/service-account/service-account.js';
export type {
  ServiceAccountIdTokenCredentialsOptions,
  ServiceAccountIdTokenLoadOptions,
} from './credentials/service-account/service-account-id-token.js';
export { ServiceAccountIdTokenCredentials } from './credentials/service-account/service-account-id-token.js';
export type {
  ServiceAccountEndpoints,
  ServiceAccountInfo,
} from './credentials/service-account/service-account-info.js';
export type { ServiceAccountLoadOptions } from './credentials/service-account/service-account-load.js';
export type {
  ServiceAccountCredentialsOptions,
  ServiceAccountKeyOptions,
} from './credentials/service-account/service-account-options.js';
export type { SigningCredentials } from './credentials/signing.js';
export type { StaticCredentialsOptions } from './credentials/static.js';
export { StaticCredentials } from './credentials/static.js';
export { UserCredentials } from './credentials/user/user.js';
export type {
  RefreshHandler,
  RefreshHandlerResult,
  TokensListener,
  UserCredentialsOptions,
} from './credentials/user/user-options.js';
export { withScopesIfRequired } from './credentials/with-scopes.js';
export type {
  ConfigurationErrorCode,
  CredenceErrorOptions,
  ErrorCode,
  RefreshErrorCode,
  RefreshErrorOptions,
  TransportErrorCode,
  TransportErrorOptions,
  VerificationErrorCode,
} from './errors.js';
export { ConfigurationError, CredenceError, RefreshError, TransportError, VerificationError } from './errors.js';
export type { KeySignerDetails } from './jose/key-signer.js';
export { KeySigner } from './jose/key-signer.js';
export type { Signer, SigningAlgorithm, SignOptions } from './jose/signer.js';
export type { ClientAuthentication } from './oauth/client-authentication.js';
export type { AccessTokenDetails, TokenResponseDetails } from './tokens/access-token.js';
export { AccessToken } from './tokens/access-token.js';
export type { MintEvent, NoticeEvent, RefreshEvent, RefreshReason } from './tokens/events.js';
export type { TokenSetParts } from './tokens/token-set.js';
export { TokenSet } from './tokens/token-set.js';
export type { TokenState } from './tokens/token-state.js';
export type { FetchTransportOptions } from './transport/fetch-transport.js';
export { fetchTransport } from './transport/fetch-transport.js';
export type { HttpAgent } from './transport/gaxios-options.js';
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
export type {
  AudienceRule,
  IdTokenRules,
  IdTokenVerifierOptions,
  TokenKeyOptions,
  VerifyFirebaseTokenOptions,
  VerifyIdTokenOptions,
} from './verification/id-token-options.js';
export { IdTokenVerifier } from './verification/id-token-verifier.js';
export type { VerifiedIdToken } from './verification/verified-id-token.js';
export { verifyFirebaseToken, verifyIdToken } from './verification/verify-id-token.js';

// Bundlers change the names of classes, and messages and observers tell kinds of credentials by them. All at once, and by no function:
// each block within a class, or function that is called as the module loads, costs more than all of these.
const NAMED = {
  AccessToken,
  AnonymousCredentials,
  ApiKeyCredentials,
  ClientCredentials,
  Credentials,
  GcloudCliCredentials,
  IdTokenVerifier,
  JwtCredentials,
  KeySigner,
  MetadataCredentials,
  MetadataIdTokenCredentials,
  OnDemandJwtCredentials,
  ServiceAccountCredentials,
  ServiceAccountIdTokenCredentials,
  StaticCredentials,
  TokenSet,
  UserCredentials,
};
for (const [name, kind] of Object.entries(NAMED)) {
  Object.defineProperty(kind, 'name', { value: name, configurable: true });
}
