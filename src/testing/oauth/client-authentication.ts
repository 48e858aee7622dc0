/** Recognises OAuth clients by `client_secret_basic` and `client_secret_post` (RFC 6749 §2.3.1). */
import type { Incoming } from '../http/http-exchange.js';
import type { RequestForm } from '../http/request-form.js';
import type { Client, Grants } from './grants.js';
import { Refusal } from './refusal.js';
import { isSameSecret } from './same-secret.js';

interface Claim {
  readonly id: string;
  readonly secret: string;
}

/**
 * The client that makes a token request.
 * @throws a `Refusal` where it does not prove who it is.
 */
export function authenticateClient(incoming: Incoming, form: RequestForm, grants: Grants): Client {
  const basic = basicClaim(incoming.headers.authorization);
  const claim = basic === undefined ? postedClaim(form) : checkedAgainstForm(basic, form);
  const client = grants.client(claim.id);
  if (client === undefined) throw invalidClient('The OAuth client was not found.');
  if (!isSameSecret(claim.secret, client.secret)) throw invalidClient('The provided client secret is invalid.');
  return client;
}

function postedClaim(form: RequestForm): Claim {
  const id = form.get('client_id');
  const secret = form.get('client_secret');
  if (id === undefined) throw new Refusal('invalid_request', 'Could not determine client ID from request.');
  if (secret === undefined) throw new Refusal('invalid_request', 'client_secret is missing.');
  return { id, secret };
}

function checkedAgainstForm(basic: Claim, form: RequestForm): Claim {
  const otherId = form.has('client_id') && form.get('client_id') !== basic.id;
  if (!otherId && !form.has('client_secret')) return basic;
  throw new Refusal('invalid_request', 'The client must authenticate in one way only.');
}

function basicClaim(authorization: string | undefined): Claim | undefined {
  const encoded = /^basic +(?<credentials>\S+) *$/i.exec(authorization ?? '')?.groups?.['credentials'];
  if (encoded === undefined) return undefined;
  const [id, secret, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  if (id === undefined || secret === undefined || rest.length > 0) throw invalidClient('Malformed credentials.');
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

/** RFC 6749 §2.3.1 has both parts form encoded before they are joined. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient('Malformed credentials.');
  }
}

function invalidClient(description: string): Refusal {
  return new Refusal('invalid_client', description, { status: 401, headers: { 'www-authenticate': 'Basic' } });
}
