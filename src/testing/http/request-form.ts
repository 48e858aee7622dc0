/** Reads the form that a client posts to an OAuth endpoint (RFC 6749 §3.2). */
import { Refusal } from '../oauth/refusal.js';
import type { Incoming } from './http-exchange.js';

/** The fields of a form; each stands there once, and is not empty. */
export type RequestForm = ReadonlyMap<string, string>;

/** Reads a form body. An empty field counts as absent, and a repeated one is refused (RFC 6749 §3.2). */
export function readForm(incoming: Incoming): RequestForm {
  const type = incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new Refusal('invalid_request', 'The body must be form encoded.');
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(incoming.body)) {
    if (form.has(name)) throw new Refusal('invalid_request', 'A parameter is given more than once.');
    if (value !== '') form.set(name, value);
  }
  return form;
}

/** A field that must be there. */
export function requireField(form: RequestForm, name: string): string {
  const value = form.get(name);
  if (value === undefined) throw new Refusal('invalid_request', `Required parameter is missing: ${name}`);
  return value;
}

/** A parameter that Google's endpoints take from the form or from the query, as they do for `revoke` and `tokeninfo`. */
export function formOrQuery(incoming: Incoming, name: string): string | undefined {
  const isForm = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const posted = isForm ? new URLSearchParams(incoming.body).get(name) : null;
  return posted ?? incoming.url.searchParams.get(name) ?? undefined;
}
