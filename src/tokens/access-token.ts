/** An access token as a value: frozen, and never printed by accident (RFC 6750). */
import { systemClock } from '../base/clock.js';
import { requireHeaderSafe } from '../base/header-value.js';
import { knownOptions } from '../base/option-record.js';
import { inspectAs } from '../base/redacted.js';
import { parseScopes, type ScopesLike } from '../base/scopes.js';
import { fingerprint } from './fingerprint.js';
import { answerBody, readGrantedScopes, readGrantedToken } from './token-answer.js';

const SCHEME = 'Bearer ';
/** The furthest instant from the epoch that a `Date` can hold ({@link https://tc39.es/ecma262/#sec-time-values-and-time-range | ECMAScript}). */
const MAX_INSTANT_MS = 8.64e15;

/** What is known of an access token besides its value. */
export interface AccessTokenDetails {
  /** When it ends, in milliseconds since the epoch; left out where it never does. */
  readonly expiresAt?: number | undefined;
  /** The scopes it was granted, where they are known. */
  readonly scopes?: ScopesLike | undefined;
}

/** What is known of a token response besides what it holds. */
export interface TokenResponseDetails {
  /**
   * When it was asked for, in milliseconds since the epoch: from then on the token lives for as long as the answer says.
   * @default now
   */
  readonly sentAt?: number | undefined;
  /** The scopes that were asked for: those that were granted, where the answer names none. */
  readonly scopes?: ScopesLike | undefined;
}

/** A bearer token with what is known of it. It prints as `[redacted access token …]`. */
export class AccessToken {
  /** When it ends, in milliseconds since the epoch; `undefined` where it never does. */
  readonly expiresAt: number | undefined;
  /** The scopes it was granted, where they are known. */
  readonly scopes: readonly string[] | undefined;
  readonly #authorization: string;

  /**
   * @param value Visible ASCII, at most 64 KiB.
   * @throws TypeError for a value that could not stand in a header, or an `expiresAt` that is no number or that no `Date` can hold;
   * and for details of another name, because a token whose end is overlooked would never expire.
   */
  constructor(value: string, details: AccessTokenDetails = {}) {
    this.#authorization = SCHEME + requireHeaderSafe(value, 'value');
    const { expiresAt, scopes } = knownOptions(details, ['expiresAt', 'scopes'], 'details');
    if (expiresAt !== undefined && !isInstant(expiresAt)) {
      throw new TypeError('"expiresAt" must be a finite number of milliseconds since the epoch that a Date can hold');
    }
    this.expiresAt = expiresAt;
    this.scopes = parseScopes(scopes, 'scopes');
    Object.freeze(this);
  }

  /**
   * Reads the JSON answer of a token endpoint ({@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 | RFC 6749 §5.1}) that
   * somebody else asked. Where it names no lifetime, five minutes are assumed.
   * @param response The answer's body: its text, or the object that it holds.
   * @throws RefreshError that says what is wrong with it, where it grants nothing usable.
   * @throws TypeError for an argument of the wrong type.
   */
  static fromTokenResponse(response: string | object, details: TokenResponseDetails = {}): AccessToken {
    const { sentAt = systemClock.now(), scopes } = knownOptions(details, ['sentAt', 'scopes'], 'details');
    if (!isInstant(sentAt)) throw new TypeError('"sentAt" must be a number of milliseconds since the epoch');
    const requested = parseScopes(scopes, 'scopes');
    const body = answerBody(response);
    const { accessToken, expiresAt } = readGrantedToken(body, { sentAt });
    return new AccessToken(accessToken, { expiresAt, scopes: readGrantedScopes(body['scope']) ?? requested });
  }

  /** The token itself. This reveals the secret. */
  get value(): string {
    return this.#authorization.slice(SCHEME.length);
  }

  /** The value of an `authorization` header: `Bearer …`. This reveals the secret. */
  get authorization(): string {
    return this.#authorization;
  }

  /** The token type of RFC 6749 §7.1; tokens of other types are refused. */
  get tokenType(): 'Bearer' {
    return 'Bearer';
  }

  /** A label that never holds the token, with a fingerprint by which two of them can be told apart. */
  toString(): string {
    const ends = this.expiresAt === undefined ? 'never expires' : `expires ${new Date(this.expiresAt).toISOString()}`;
    return `[redacted access token fp=${fingerprint(this.#authorization)} ${ends}]`;
  }

  /** The same label as {@link AccessToken.toString}: JSON never holds the token. */
  toJSON(): string {
    return this.toString();
  }
}

inspectAs(AccessToken, String);

function isInstant(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= MAX_INSTANT_MS;
}
