/** What users have allowed clients: who, what, and whether it still holds. */
import { randomBytes } from 'node:crypto';
import { Principal } from '../accounts/principal.js';
import { freshUniqueId } from '../accounts/unique-id.js';
import { RefreshTokens } from './refresh-tokens.js';

/** A registered OAuth client. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  /** What it is granted on its own behalf (RFC 6749 §4.4); `undefined` where it acts for users alone. */
  readonly own?: { readonly scopes: readonly string[]; readonly principal: Principal };
}

/** Whoever an access token speaks for. */
export interface TokenHolder {
  readonly clientId: string;
  readonly email: string;
  readonly subject: string;
  readonly revoked: boolean;
  /** Ends the grant: none of its tokens is good for anything any more. */
  revoke(): void;
}

/** One user's consent to one client. */
export class Grant implements TokenHolder {
  readonly client: Client;
  readonly email: string;
  readonly subject: string = freshUniqueId();
  /** The proof of recent authentication that this user's client must send while {@link Grant.reauthRequired}. */
  readonly raptToken: string = `rapt-${randomBytes(18).toString('base64url')}`;
  readonly scopes: readonly string[];
  readonly refreshTokens: RefreshTokens = new RefreshTokens();
  reauthRequired: boolean = false;
  #revoked: boolean = false;

  constructor(client: Client, email: string, scopes: readonly string[]) {
    this.client = client;
    this.email = email;
    this.scopes = scopes;
  }

  get clientId(): string {
    return this.client.id;
  }

  get revoked(): boolean {
    return this.#revoked;
  }

  revoke(): void {
    this.#revoked = true;
  }
}

/** Every grant of an emulator, found by client and by refresh token. */
export class Grants {
  readonly #clients: Map<string, Client> = new Map();
  readonly #byRefreshToken: Map<string, Grant> = new Map();

  /** Registers a new client, and a new user who has allowed it `scopes`. */
  add(scopes: readonly string[], email?: string): Grant {
    const number = this.#clients.size + 1;
    const client = freshClient(number);
    const grant = new Grant(client, email ?? `user-${String(number)}@example.com`, Object.freeze([...scopes]));
    this.#clients.set(client.id, client);
    this.#byRefreshToken.set(grant.refreshTokens.current, grant);
    return grant;
  }

  /** Registers a new client that gets tokens on its own behalf. */
  addClient(scopes: readonly string[]): Required<Client> {
    const { id, secret } = freshClient(this.#clients.size + 1);
    const principal = new Principal({ clientId: id, email: id, subject: id });
    const client = { id, secret, own: { scopes, principal } };
    this.#clients.set(id, client);
    return client;
  }

  /** The client of that id. */
  client(id: string): Client | undefined {
    return this.#clients.get(id);
  }

  /** The grant that a refresh token, current or replaced, belongs to. */
  ofRefreshToken(token: string): Grant | undefined {
    return this.#byRefreshToken.get(token);
  }

  /** Replaces the current refresh token of a grant. */
  rotate(grant: Grant, now: number): void {
    this.#byRefreshToken.set(grant.refreshTokens.rotate(now), grant);
  }
}

function freshClient(number: number): Client {
  const id = `${String(number).padStart(12, '0')}-${randomBytes(8).toString('hex')}.apps.googleusercontent.com`;
  return { id, secret: `secret-${randomBytes(18).toString('base64url')}` };
}
