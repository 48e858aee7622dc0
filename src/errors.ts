/**
 * The one error tree. Every code has a row in `docs/errors.md`: what happened, and what to do.
 * Messages hold no secret and no response body.
 */

/** Codes of {@link ConfigurationError}: something given to the library cannot be used. */
export type ConfigurationErrorCode =
  | 'endpoint_refused'
  | 'file_not_found'
  | 'file_unreadable'
  | 'file_unsafe'
  | 'file_unwritable'
  | 'invalid_field'
  | 'invalid_json'
  | 'invalid_key'
  | 'missing_fields'
  | 'no_credentials'
  | 'wrong_type';

/** Codes of {@link RefreshError}: no token could be obtained. */
export type RefreshErrorCode =
  | 'endpoint_unreachable'
  | 'gcloud_failed'
  | 'gcloud_not_found'
  | 'gcloud_signed_out'
  | 'handler_failed'
  | 'handler_result_invalid'
  | 'invalid_grant'
  | 'metadata_refused'
  | 'metadata_unavailable'
  | 'no_token'
  | 'not_refreshable'
  | 'outcome_unknown'
  | 'rate_limited'
  | 'reauth_required'
  | 'redirected'
  | 'request_refused'
  | 'revoked'
  | 'server_unavailable'
  | 'signing_failed'
  | 'source_failed'
  | 'timed_out'
  | 'token_already_expired'
  | 'unexpected_response'
  | 'universe_unsupported'
  | 'unsafe_token'
  | 'unsupported_token_type';

/** Codes of {@link TransportError}: an HTTP request got no complete answer, or must not be sent. */
export type TransportErrorCode =
  | 'body_too_large'
  | 'dns_failed'
  | 'insecure_target'
  | 'network_failed'
  | 'timed_out'
  | 'tls_failed'
  | 'transport_failed';

/** Codes of {@link VerificationError}: a token that somebody presented is not to be believed. */
export type VerificationErrorCode =
  | 'algorithm_refused'
  | 'audience_mismatch'
  | 'certificates_unavailable'
  | 'claim_invalid'
  | 'issuer_mismatch'
  | 'key_unknown'
  | 'signature_invalid'
  | 'token_expired'
  | 'token_malformed'
  | 'token_not_yet_valid';

/** Every code that an error of this library can carry. */
export type ErrorCode = ConfigurationErrorCode | RefreshErrorCode | TransportErrorCode | VerificationErrorCode;

/** What every error of this library may be given. */
export interface CredenceErrorOptions {
  /** What caused it. Never a `GaxiosError`, and never anything that holds a secret. */
  readonly cause?: unknown;
  /**
   * Whether the same call may succeed later with nothing changed.
   * @default false
   */
  readonly retryable?: boolean | undefined;
}

/** The base of every error that this library throws, but for `TypeError`s about wrong arguments. */
export class CredenceError extends Error {
  /** What happened, for programs. `docs/errors.md` has a row for each. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later with nothing changed. */
  readonly retryable: boolean;

  /**
   * Makes an error of one's own in this library's terms.
   * @param code For programs.
   * @param message For people: what failed and what to do, without secrets.
   */
  constructor(code: ErrorCode, message: string, options: CredenceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** Building or loading credentials failed: a file, a field, an endpoint. */
export class ConfigurationError extends CredenceError {
  declare readonly code: ConfigurationErrorCode;

  /**
   * Makes an error of one's own in this library's terms.
   * @param code For programs.
   * @param message For people: what failed and what to do, without secrets.
   */
  constructor(code: ConfigurationErrorCode, message: string, options?: CredenceErrorOptions) {
    super(code, message, options);
  }
}

/** What a {@link RefreshError} may be given beyond the base. */
export interface RefreshErrorOptions extends CredenceErrorOptions {
  /** The `error` word of the token endpoint (RFC 6749 §5.2). */
  readonly oauthError?: string | undefined;
  /** Its `error_description`: capped, without control characters and without this request's secrets. */
  readonly errorDescription?: string | undefined;
  /** Google's `error_subtype`, or `rotation_lost` where a rotated refresh token never reached us. */
  readonly subtype?: string | undefined;
  /** The HTTP status of the answer. */
  readonly status?: number | undefined;
  /** Before this instant (ms since the epoch) nothing is attempted, `refresh()` aside. */
  readonly nextAttemptAt?: number | undefined;
}

/** What is kept of a refusal, where it is known. */
const REFUSAL = ['oauthError', 'errorDescription', 'subtype', 'status', 'nextAttemptAt'] as const;

/** Minting a token failed. */
export class RefreshError extends CredenceError {
  declare readonly code: RefreshErrorCode;
  /** The `error` word of the token endpoint (RFC 6749 §5.2), where it sent one. */
  declare readonly oauthError?: string;
  /** Its `error_description`: capped, without control characters and without this request's secrets. */
  declare readonly errorDescription?: string;
  /** Google's `error_subtype`, or `rotation_lost` where a rotated refresh token never reached us. */
  declare readonly subtype?: string;
  /** The HTTP status of the answer, where there was one. */
  declare readonly status?: number;
  /** Before this instant (ms since the epoch) nothing is attempted, `refresh()` aside. */
  declare readonly nextAttemptAt?: number;

  /**
   * Makes an error of one's own in this library's terms.
   * @param code For programs. A handler or a kind of one's own may throw one, to say that a failure is permanent.
   * @param message For people: what failed and what to do, without secrets.
   */
  constructor(code: RefreshErrorCode, message: string, options: RefreshErrorOptions = {}) {
    super(code, message, options);
    for (const name of REFUSAL) {
      if (options[name] !== undefined) Object.assign(this, { [name]: options[name] });
    }
  }
}

/** What a {@link TransportError} may be given beyond the base. */
export interface TransportErrorOptions extends CredenceErrorOptions {
  /** Whether the request may have reached the server. */
  readonly sent?: boolean | undefined;
}

/** An HTTP request got no complete answer, or must not be sent. An HTTP status is never one. */
export class TransportError extends CredenceError {
  declare readonly code: TransportErrorCode;
  /** Whether the request may have reached the server: false where no connection was made. */
  readonly sent: boolean;

  /**
   * Makes an error of one's own in this library's terms.
   * @param code For programs. A transport of one's own throws one where there is no complete answer.
   * @param message For people: what failed and what to do, without secrets.
   */
  constructor(code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(code, message, options);
    this.sent = options.sent ?? false;
  }
}

/** A token that was presented cannot be believed, or cannot be judged for now (`retryable`). */
export class VerificationError extends CredenceError {
  declare readonly code: VerificationErrorCode;

  /**
   * Makes an error of one's own in this library's terms.
   * @param code For programs.
   * @param message For people: what failed and what to do, without secrets.
   */
  constructor(code: VerificationErrorCode, message: string, options?: CredenceErrorOptions) {
    super(code, message, options);
  }
}

// Bundlers change the name of a class.
const NAMED = { CredenceError, ConfigurationError, RefreshError, TransportError, VerificationError };
for (const [name, error] of Object.entries(NAMED)) {
  Object.defineProperty(error, 'name', { value: name, configurable: true });
  Object.defineProperty(error.prototype, 'name', { value: name, configurable: true, writable: true });
}
