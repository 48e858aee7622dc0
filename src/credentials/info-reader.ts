/** Reads the fields of a credential file strictly: each is of its type or left out, and every complaint names the field and the file. */
import { isHeaderSafe } from '../base/header-value.js';
import { parseScopes } from '../base/scopes.js';
import { checkEndpoint, isUniverseDomain, type EndpointPolicy } from '../base/url.js';
import { ConfigurationError, type ConfigurationErrorCode } from '../errors.js';

/** Where an info came from, and what it may say. */
export interface InfoContext {
  /** For messages: `the file /path/x.json`. */
  readonly where: string;
  /** Which endpoints it may name. */
  readonly endpoints: EndpointPolicy | undefined;
}

/** What an info must be. */
export interface InfoFormat {
  /** The one type that it may name; any where it is undefined. */
  readonly type: string | undefined;
  /** The texts that it must hold. */
  readonly required: readonly string[];
  /** How to come by a good one: the end of the messages about what is missing. */
  readonly remedy: string;
}

/** An info whose fields can be read. */
export interface OpenInfo extends InfoContext {
  /** Only its own properties count, so that a polluted prototype, or a `__proto__` in the JSON, supplies nothing. */
  readonly fields: object;
}

/** What a text must be, where not any text will do: a value for a header, an endpoint that the policy allows, the domain of a universe. */
export type TextRule = 'header' | 'endpoint' | 'universe';

/** What Google's files say; whatever else stands there is not quoted, for it may be anything. */
const KNOWN_TYPES: readonly string[] = [
  'authorized_user',
  'external_account',
  'external_account_authorized_user',
  'gdch_service_account',
  'impersonated_service_account',
  'service_account',
];

/** A type as a message may name it. */
export function shownType(type: string): string {
  return KNOWN_TYPES.includes(type) ? `the type "${type}"` : 'another type';
}

/**
 * Opens an info.
 * @throws ConfigurationError `wrong_type` where it is no JSON object, or says that it is of another type, which most may leave out;
 * `missing_fields` naming every one that is missing or empty.
 */
export function openInfo(
  info: unknown,
  { where, endpoints }: InfoContext,
  { type, required, remedy }: InfoFormat,
): OpenInfo {
  const fault = (code: ConfigurationErrorCode, what: string): ConfigurationError =>
    new ConfigurationError(code, `${where.charAt(0).toUpperCase()}${where.slice(1)} ${what}. ${remedy}`);
  if (typeof info !== 'object' || info === null || Array.isArray(info))
    throw fault('wrong_type', 'does not hold a JSON object');
  const open = { fields: info, where, endpoints };
  const given = textIn(open, 'type');
  if (type !== undefined && given !== undefined && given !== type)
    throw fault('wrong_type', `holds credentials of ${shownType(given)}, and not of the type "${type}"`);
  const missing = required.filter((name) => textIn(open, name) === undefined).map((name) => `"${name}"`);
  if (missing.length > 0) throw fault('missing_fields', `lacks ${missing.join(', ')}`);
  return open;
}

/**
 * The text of a field; an empty one counts as left out.
 * @throws ConfigurationError `invalid_field`, or `endpoint_refused`.
 */
export function textIn(info: OpenInfo, name: string, rule?: TextRule): string | undefined {
  const value = valueIn(info, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidField(info, name, 'a string');
  if (rule === 'endpoint') return checkEndpoint(value, `"${name}" of ${info.where}`, info.endpoints);
  if (rule === 'header' && !isHeaderSafe(value))
    throw invalidField(info, name, 'visible ASCII, without spaces and line breaks');
  if (rule === 'universe' && !isUniverseDomain(value))
    throw invalidField(info, name, 'a domain in lower case, such as googleapis.com');
  return value;
}

/**
 * The scopes of a field: a list, or one space-separated string.
 * @throws ConfigurationError `invalid_field`.
 */
export function scopesIn(info: OpenInfo, name: string): readonly string[] | undefined {
  const value = valueIn(info, name);
  if (value === undefined) return undefined;
  const must = 'a list of scopes, or one space-separated string';
  if (typeof value !== 'string' && !Array.isArray(value)) throw invalidField(info, name, must);
  try {
    return parseScopes(value, name);
  } catch (cause) {
    throw invalidField(info, name, must, cause);
  }
}

/** The complaint about a field that is not what it must be. */
export function invalidField(info: OpenInfo, name: string, must: string, cause?: unknown): ConfigurationError {
  const message = `"${name}" of ${info.where} must be ${must}. Correct it, or leave it out.`;
  return new ConfigurationError('invalid_field', message, { cause });
}

function valueIn({ fields }: OpenInfo, name: string): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(fields, name)?.value;
  return value === null || value === '' ? undefined : value;
}
