/** What the token endpoint hands to the handler of a grant, and what it gets back. */
import type { Incoming } from '../http/http-exchange.js';
import type { RequestForm } from '../http/request-form.js';
import type { Realm } from '../realm.js';

/** A token request whose form has been read. */
export interface GrantRequest {
  readonly incoming: Incoming;
  readonly form: RequestForm;
  readonly realm: Realm;
}

/** Gives the members of the token response (RFC 6749 §5.1), or throws a `Refusal`. */
export type GrantHandler = (request: GrantRequest) => Promise<Readonly<Record<string, unknown>>>;
