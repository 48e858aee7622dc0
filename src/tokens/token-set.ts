/** What one refresh yields: the access token and all that came with it, frozen (RFC 6749 §5.1). */
import { nameClass } from '../base/class-name.js';
import { knownOptions } from '../base/option-record.js';
import { inspectAs } from '../base/redacted.js';
import { parseScopes, type ScopesLike } from '../base/scopes.js';
import { AccessToken } from './access-token.js';

/** What a {@link TokenSet} is made of. */
export interface TokenSetParts {
  /** The access token. */
  readonly accessToken: AccessToken;
  /** The refresh token to use from now on, where one was issued. */
  readonly refreshToken?: string | undefined;
  /** The OpenID Connect ID token, where one was issued. */
  readonly idToken?: string | undefined;
  /** The scopes that the server said it granted. */
  readonly grantedScopes?: ScopesLike | undefined;
  /** Google's reauthentication proof token. */
  readonly raptToken?: string | undefined;
  /**
   * Whether the server gave no lifetime, so that five minutes were assumed.
   * @default false
   */
  readonly expiryAssumed?: boolean | undefined;
}

const SECRETS = ['refreshToken', 'idToken', 'raptToken'] as const;
const PARTS = ['accessToken', 'grantedScopes', 'expiryAssumed', ...SECRETS] as const;

/** What one refresh yields. Secrets stand behind getters, so that printing it shows none of them. */
export class TokenSet {
  /** The access token. */
  readonly accessToken: AccessToken;
  /** The scopes that the server said it granted, where it said so. */
  readonly grantedScopes: readonly string[] | undefined;
  readonly #secrets: Pick<TokenSetParts, 'refreshToken' | 'idToken' | 'raptToken' | 'expiryAssumed'> | undefined;

  /** @throws TypeError naming the part that is of the wrong type, or of a name that no part has. */
  constructor(parts: TokenSetParts) {
    const known = knownOptions(parts, PARTS, 'parts');
    const { refreshToken, idToken, raptToken, expiryAssumed } = known;
    if (!(known.accessToken instanceof AccessToken)) throw new TypeError('"accessToken" must be an AccessToken');
    for (const name of SECRETS) requireType(known[name], name, 'string');
    requireType(expiryAssumed, 'expiryAssumed', 'boolean');
    this.accessToken = known.accessToken;
    this.grantedScopes = parseScopes(known.grantedScopes, 'grantedScopes');
    // Most kinds have none of these: they cost an object only where they exist.
    if (refreshToken !== undefined || idToken !== undefined || raptToken !== undefined || expiryAssumed === true) {
      this.#secrets = Object.freeze({ refreshToken, idToken, raptToken, expiryAssumed });
    }
    Object.freeze(this);
  }

  /** The refresh token that was issued with it, where one was. This reveals the secret. */
  get refreshToken(): string | undefined {
    return this.#secrets?.refreshToken;
  }

  /** The ID token that was issued with it, where one was. This reveals the secret. */
  get idToken(): string | undefined {
    return this.#secrets?.idToken;
  }

  /** Google's reauthentication proof token, where there is one. This reveals the secret. */
  get raptToken(): string | undefined {
    return this.#secrets?.raptToken;
  }

  /** Whether the server gave no lifetime, so that five minutes were assumed. */
  get expiryAssumed(): boolean {
    return this.#secrets?.expiryAssumed ?? false;
  }

  /** A description without secrets. */
  toJSON(): object {
    return {
      accessToken: this.accessToken.toString(),
      refreshToken: this.refreshToken === undefined ? undefined : '[redacted]',
      idToken: this.idToken === undefined ? undefined : '[redacted]',
      grantedScopes: this.grantedScopes,
    };
  }
}

nameClass(TokenSet, 'TokenSet');
inspectAs(TokenSet, (self) => `TokenSet ${JSON.stringify(self)}`);

function requireType(value: unknown, name: string, type: 'string' | 'boolean'): void {
  if (value !== undefined && typeof value !== type) throw new TypeError(`"${name}" must be a ${type}`);
}
