/** Reads the fields of a credential file strictly: each is of its type or left out, and every complaint names the field and the file. */
import { isHeaderSafe } from '../base/header-value.js';
import { parseScopes } from '../base/scopes.js';
import { checkEndpoint, isUniverseDomain, type EndpointPolicy } from '../base/url.js';
import { ConfigurationError } from '../errors.js';

/** Where an info came from, and what it may say. */
export interface InfoContext {
  /** For messages: `the file /path/x.json`. */
  readonly where: string;
  /** Which endpoints it may name. */
  readonly endpoints: EndpointPolicy | undefined;
}

/** What Google's files say; whatever else stands there is not quoted, for it may be anything. */
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  'authorized_user',
  'external_account',
  'external_account_authorized_user',
  'gdch_service_account',
  'impersonated_service_account',
  'service_account',
]);

/** A type as a message may name it. */
export function shownType(type: string): string {
  return KNOWN_TYPES.has(type) ? `the type "${type}"` : 'another type';
}

/** An info under its own eyes: only own properties count, so that a polluted prototype, or a `__proto__` in the JSON, supplies nothing. */
export class InfoReader<Field extends string> {
  readonly #record: object;
  readonly #context: InfoContext;
  readonly #remedy: string;

  /**
   * @param remedy How to come by a good one: the end of the messages about what is missing.
   * @throws ConfigurationError `wrong_type` where the info is no JSON object.
   */
  constructor(info: unknown, context: InfoContext, remedy: string) {
    this.#context = context;
    this.#remedy = remedy;
    if (typeof info !== 'object' || info === null || Array.isArray(info)) {
      throw new ConfigurationError('wrong_type', `${this.#Where} does not hold a JSON object. ${remedy}`);
    }
    this.#record = info;
  }

  /** @throws ConfigurationError `wrong_type` where the info says that it is of another type; most may leave it out. */
  requireType(type: string, field: Field): void {
    const given = this.text(field);
    if (given === undefined || given === type) return;
    const message = `${this.#Where} holds credentials of ${shownType(given)}, and not of the type "${type}". ${this.#remedy}`;
    throw new ConfigurationError('wrong_type', message);
  }

  /** @throws ConfigurationError `missing_fields` naming every one that is missing or empty. */
  require(names: readonly Field[]): void {
    const missing = names.filter((name) => this.text(name) === undefined).map((name) => `"${name}"`);
    if (missing.length === 0) return;
    throw new ConfigurationError('missing_fields', `${this.#Where} lacks ${missing.join(', ')}. ${this.#remedy}`);
  }

  /** The string under this name; an empty one counts as left out. */
  text(name: Field): string | undefined {
    const value = this.#own(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.invalid(name, 'a string');
  }

  /** A string that will stand in a header. */
  headerText(name: Field): string | undefined {
    const value = this.text(name);
    if (value === undefined || isHeaderSafe(value)) return value;
    throw this.invalid(name, 'visible ASCII, without spaces and line breaks');
  }

  /** A list of scopes, or one space-separated string. */
  scopes(name: Field): readonly string[] | undefined {
    const value = this.#own(name);
    if (value === undefined) return undefined;
    const must = 'a list of scopes, or one space-separated string';
    if (typeof value !== 'string' && !Array.isArray(value)) throw this.invalid(name, must);
    try {
      return parseScopes(value, name);
    } catch (cause) {
      throw this.invalid(name, must, cause);
    }
  }

  /** An endpoint that the policy allows. */
  endpoint(name: Field): string | undefined {
    const value = this.text(name);
    return value === undefined
      ? undefined
      : checkEndpoint(value, `"${name}" of ${this.#context.where}`, this.#context.endpoints);
  }

  /** A universe's domain. */
  universeDomain(name: Field): string | undefined {
    const value = this.text(name);
    if (value === undefined || isUniverseDomain(value)) return value;
    throw this.invalid(name, 'a domain in lower case, such as googleapis.com');
  }

  /** The complaint about a field that is not what it must be. */
  invalid(name: Field, must: string, cause?: unknown): ConfigurationError {
    const message = `"${name}" of ${this.#context.where} must be ${must}. Correct it, or leave it out.`;
    return new ConfigurationError('invalid_field', message, { cause });
  }

  get #Where(): string {
    const { where } = this.#context;
    return where.charAt(0).toUpperCase() + where.slice(1);
  }

  #own(name: Field): unknown {
    const value: unknown = Object.getOwnPropertyDescriptor(this.#record, name)?.value;
    return value === null || value === '' ? undefined : value;
  }
}
