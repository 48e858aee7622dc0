/** The service accounts of a token pool, by their addresses. */
import type { Clock } from '../../base/clock.js';
import type { ServiceAccountInfo } from '../../credentials/service-account/service-account-info.js';
import { ServiceAccountCredentials } from '../../credentials/service-account/service-account.js';
import { ConfigurationError, RefreshError } from '../../errors.js';

/** A service account: what its key file holds, or credentials. */
export type PoolAccount = ServiceAccountInfo | ServiceAccountCredentials;

/** So many addresses are named in a message. */
const MOST_NAMED = 10;

/** Service accounts, the first of which is asked where nobody says which. */
export class PoolAccounts {
  readonly #accounts: ReadonlyMap<string, ServiceAccountCredentials>;
  readonly #first: ServiceAccountCredentials;

  /**
   * @param given One, several, or the JSON text of either.
   * @throws TypeError where it is none of these, is empty, or holds an account twice.
   * @throws ConfigurationError that says which field of a key file is wrong.
   */
  constructor(given: unknown, clock: Clock) {
    const value = typeof given === 'string' ? parsed(given) : given;
    const accounts = (isList(value) ? value : [value]).map((each) => credentialsOf(each, clock));
    const [first] = accounts;
    if (first === undefined) throw new TypeError('"serviceAccount" must hold at least one service account');
    this.#first = first;
    this.#accounts = new Map(accounts.map((each) => [each.serviceAccountEmail, each]));
    if (this.#accounts.size < accounts.length)
      throw new TypeError('"serviceAccount" must not hold the same service account twice');
    Object.freeze(this);
  }

  /** Their addresses, in the order in which they were given. */
  get emails(): readonly string[] {
    return Object.freeze([...this.#accounts.keys()]);
  }

  /**
   * The account with this address; the first one where none is given.
   * @throws RefreshError `no_token` that names the accounts there are.
   */
  get(email: string | undefined): ServiceAccountCredentials {
    const found = email === undefined ? this.#first : this.#accounts.get(email);
    if (found === undefined) throw unknownAccount(this.emails);
    return found;
  }
}

function credentialsOf(given: unknown, clock: Clock): ServiceAccountCredentials {
  if (given instanceof ServiceAccountCredentials) return given;
  if (typeof given !== 'object' || given === null)
    throw new TypeError(
      '"serviceAccount" must be what a key file holds, ServiceAccountCredentials, or a list of these',
    );
  return ServiceAccountCredentials.fromServiceAccountInfo(given, { clock });
}

/** Why a text is no JSON is not told: V8's message would quote it, and it holds keys. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationError('invalid_json', '"serviceAccount" is a text that is not JSON. Was it cut short?');
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function unknownAccount(emails: readonly string[]): RefreshError {
  const others = emails.length - MOST_NAMED;
  const named = emails.slice(0, MOST_NAMED).join(', ');
  const known = others > 0 ? `${named} and ${String(others)} others` : named;
  return new RefreshError('no_token', `The token pool has no service account of that name. It has ${known}.`);
}
