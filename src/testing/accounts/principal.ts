/** Whoever access tokens are issued to without a user's consent: a service account, a user it acts for, or a client. */
import type { TokenHolder } from '../oauth/grants.js';

/** What a {@link Principal} is known by. */
export interface Identity {
  readonly clientId: string;
  readonly email: string;
  readonly subject: string;
}

/** One bearer of access tokens, all of which end together. */
class Session implements TokenHolder {
  readonly clientId: string;
  readonly email: string;
  readonly subject: string;
  #revoked: boolean = false;

  constructor({ clientId, email, subject }: Identity) {
    this.clientId = clientId;
    this.email = email;
    this.subject = subject;
  }

  get revoked(): boolean {
    return this.#revoked;
  }

  revoke(): void {
    this.#revoked = true;
  }
}

/** Somebody who can have new tokens after the old ones were revoked. */
export class Principal {
  readonly #identity: Identity;
  #session: Session;

  constructor(identity: Identity) {
    this.#identity = identity;
    this.#session = new Session(identity);
  }

  /** The holder of the tokens that are issued now. */
  get holder(): TokenHolder {
    if (this.#session.revoked) this.#session = new Session(this.#identity);
    return this.#session;
  }

  /** Ends every token so far. */
  revokeTokens(): void {
    this.#session.revoke();
  }
}
