/** Everything that the endpoints of one emulator share. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.js';
import type { IssuedToken } from './access-tokens.js';
import { AccessTokens } from './access-tokens.js';
import type { Grant } from './grants.js';
import { Grants } from './grants.js';
import { RequestLog } from './request-log.js';
import type { CompleteSettings } from './settings.js';

/** The state of one emulator. */
export class Realm {
  readonly clock: Pick<Clock, 'now'>;
  readonly grants: Grants = new Grants();
  readonly accessTokens: AccessTokens = new AccessTokens();
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

  /** Issues an access token that lives as long as the settings say. */
  issueAccessToken(grant: Grant, scopes: readonly string[]): IssuedToken {
    const expiresAt = this.clock.now() + this.settings.accessTokenLifetimeMs;
    return this.accessTokens.issue({ holder: grant, scopes, expiresAt });
  }
}
