/** How a metadata server words its answers. */
import type { Answer } from '../http/http-exchange.js';

const TITLES: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

/** A value as text. */
export function textAnswer(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'application/text' }, body };
}

/** A value as JSON. */
export function metadataJson(value: unknown): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** A refusal: a page, as Google's server gives it. */
export function metadataRefusal(status: number, reason: string): Answer {
  const title = `Error ${String(status)} (${TITLES[status] ?? 'Error'})`;
  const body = `<!DOCTYPE html>\n<html lang=en>\n<title>${title}</title>\n<p>${reason}\n`;
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}
