/** The answers that stand in for real ones: error statuses, web pages, odd JSON, redirects. */
import type { Answer } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import type { Fault, RedirectFault, StatusFault } from './fault.js';

const PORTAL_PAGE =
  '<!doctype html><title>Sign in to the network</title><form method="post"><button>Go</button></form>\n';

/** The answer that a fault puts in place of the real one; `undefined` for faults of another nature. */
export function answerOf(fault: Fault): Answer | undefined {
  if ('json' in fault) return jsonAnswer(fault.status ?? 200, fault.json);
  if ('redirect' in fault) return redirectAnswer(fault);
  if ('html' in fault) return { status: 200, headers: { 'content-type': 'text/html' }, body: PORTAL_PAGE };
  if ('status' in fault) return statusAnswer(fault);
  return undefined;
}

function redirectAnswer(fault: RedirectFault): Answer {
  return { status: fault.status ?? 307, headers: { location: fault.redirect }, body: '' };
}

function statusAnswer({ status, headers = {}, body = '' }: StatusFault): Answer {
  if (typeof body !== 'string') return jsonAnswer(status, body, lowerCased(headers));
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...lowerCased(headers) }, body };
}

/** So that a header given in capitals replaces ours instead of standing beside it. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
