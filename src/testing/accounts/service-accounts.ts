/** The service accounts of an emulator: who they are, which keys they sign with, and whom they may act for. */
import type { SigningKey } from '../keys/signing-key.js';
import type { TokenHolder } from '../oauth/grants.js';
import { Principal } from './principal.js';
import { issueAccountKey } from './service-account-key.js';
import { freshUniqueId } from './unique-id.js';

/** What a service account is made from. */
export interface ServiceAccountTerms {
  readonly email: string;
  readonly projectId: string;
  /** Users whom it may act for. */
  readonly delegatedUsers?: readonly string[] | undefined;
  /** Who may act as this account; without it, everybody. */
  readonly tokenCreators?: readonly string[] | undefined;
}

/** One service account. */
export class ServiceAccount {
  readonly email: string;
  readonly projectId: string;
  readonly uniqueId: string = freshUniqueId();
  readonly delegatedUsers: ReadonlySet<string>;
  readonly tokenCreators: ReadonlySet<string> | undefined;
  disabled: boolean = false;
  #keys: readonly SigningKey[] = [];
  readonly #principals: Map<string, Principal> = new Map();

  constructor({ email, projectId, delegatedUsers, tokenCreators }: ServiceAccountTerms) {
    this.email = email;
    this.projectId = projectId;
    this.delegatedUsers = new Set(delegatedUsers);
    this.tokenCreators = tokenCreators === undefined ? undefined : new Set(tokenCreators);
  }

  /** The keys that its signatures are judged by, the newest first. */
  get keys(): readonly SigningKey[] {
    return this.#keys;
  }

  /** Gives the account one more key. */
  addKey(key: SigningKey): void {
    this.#keys = [key, ...this.#keys];
  }

  /** Takes a key away: what it has signed is worth nothing any more. */
  deleteKey(keyId: string): boolean {
    const left = this.#keys.filter((key) => key.keyId !== keyId);
    const found = left.length < this.#keys.length;
    this.#keys = left;
    return found;
  }

  /** The key with which Google signs on its behalf, made when it is first needed. */
  async signingKey(): Promise<SigningKey> {
    const usable = this.#keys.find(({ algorithm }) => algorithm === 'RS256');
    if (usable !== undefined) return usable;
    this.addKey(await issueAccountKey('RS256', false));
    return await this.signingKey();
  }

  /** The holder of its tokens: itself, or a user it acts for. */
  holder(email: string = this.email): TokenHolder {
    const principal = this.#principals.get(email) ?? this.#principalFor(email);
    this.#principals.set(email, principal);
    return principal.holder;
  }

  /** Ends every access token of the account; new ones can be had. */
  revokeTokens(): void {
    for (const principal of this.#principals.values()) principal.revokeTokens();
  }

  #principalFor(email: string): Principal {
    const subject = email === this.email ? this.uniqueId : freshUniqueId();
    return new Principal({ clientId: this.uniqueId, email, subject });
  }
}

/** Every service account of an emulator. */
export class ServiceAccounts {
  readonly #byEmail: Map<string, ServiceAccount> = new Map();

  /** How many there are. */
  get size(): number {
    return this.#byEmail.size;
  }

  /** Registers an account. */
  add(terms: ServiceAccountTerms): ServiceAccount {
    if (this.#byEmail.has(terms.email)) throw new TypeError('"email" must not be that of another service account');
    const account = new ServiceAccount(terms);
    this.#byEmail.set(account.email, account);
    return account;
  }

  /** The account of that address, or of that unique id. */
  find(name: string): ServiceAccount | undefined {
    return this.#byEmail.get(name) ?? [...this.#byEmail.values()].find(({ uniqueId }) => uniqueId === name);
  }
}
