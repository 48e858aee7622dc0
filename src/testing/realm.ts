/** Everything that the endpoints of one emulator share. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import { ServiceAccounts } from './accounts/service-accounts.js';
import { PATHS } from './http/paths.js';
import { RequestLog } from './http/request-log.js';
import { SigningKeys } from './keys/signing-keys.js';
import type { IssuedToken } from './oauth/access-tokens.js';
import { AccessTokens } from './oauth/access-tokens.js';
import type { TokenHolder } from './oauth/grants.js';
import { Grants } from './oauth/grants.js';
import type { CompleteSettings } from './settings.js';

/** The state of one emulator. */
export class Realm {
  readonly clock: Pick<Clock, 'now'>;
  readonly grants: Grants = new Grants();
  readonly serviceAccounts: ServiceAccounts = new ServiceAccounts();
  readonly accessTokens: AccessTokens = new AccessTokens();
  /** What ID tokens are signed with. */
  readonly keys: SigningKeys = new SigningKeys();
  readonly requests: RequestLog = new RequestLog();
  /** The one API key that the echo API takes. */
  readonly apiKey: string = `AIza${randomBytes(26).toString('base64url')}`;
  settings: CompleteSettings;
  /** Where the server listens, such as `http://127.0.0.1:40123`; it is also the issuer of ID tokens. */
  origin: string = '';

  constructor(clock: Pick<Clock, 'now'>, settings: CompleteSettings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** Where the token endpoint is. */
  get tokenUri(): string {
    return `${this.origin}${PATHS.token}`;
  }

  /** Where the certificates of the keys are that ID tokens are signed with. */
  get certsUri(): string {
    return `${this.origin}${PATHS.certs}`;
  }

  /** Issues an access token, which lives as long as the settings say unless told otherwise. */
  issueAccessToken(
    holder: TokenHolder,
    scopes: readonly string[],
    lifetimeMs: number = this.settings.accessTokenLifetimeMs,
  ): IssuedToken {
    return this.accessTokens.issue({ holder, scopes, expiresAt: this.clock.now() + lifetimeMs });
  }
}
