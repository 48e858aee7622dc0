/** The text of an `authorized_user` file: reads it into options, and writes tokens into it, keeping every field that is not ours. */
import type { Clock } from '../../base/clock.js';
import { parseJsonObject } from '../../base/json.js';
import { ConfigurationError } from '../../errors.js';
import { readSmallFile, replaceFile } from '../../host/files.js';
import type { TokenSet } from '../../tokens/token-set.js';
import { formatExpiry, readAuthorizedUserInfo, type AuthorizedUserInfoOptions } from './authorized-user-info.js';
import type { UserCredentialsOptions } from './user-options.js';

/** What a file holds. */
export interface AuthorizedUserContents {
  /** All its fields. */
  readonly record: object;
  /** Those that are known, as options. */
  readonly options: UserCredentialsOptions;
}

/** One file. */
export class AuthorizedUserText {
  readonly #path: string;
  readonly #endpoints: AuthorizedUserInfoOptions['endpoints'];
  readonly #clock: Clock;

  constructor(path: string, endpoints: AuthorizedUserInfoOptions['endpoints'], clock: Clock) {
    this.#path = path;
    this.#endpoints = endpoints;
    this.#clock = clock;
  }

  /** @throws ConfigurationError that says which field is wrong. */
  async read(): Promise<AuthorizedUserContents> {
    const record = parseJsonObject(await readSmallFile(this.#path));
    if (record === undefined) throw notJson(this.#path);
    const context = { where: `the file ${this.#path}`, endpoints: this.#endpoints, now: this.#clock.now() };
    return { record, options: readAuthorizedUserInfo(record, context) };
  }

  /** Puts fields in the place of those that were read; those that are `undefined` are removed. */
  async write({ record }: AuthorizedUserContents, fields: Record<string, unknown>): Promise<void> {
    await replaceFile(this.#path, `${JSON.stringify({ ...record, ...fields }, undefined, 2)}\n`);
  }
}

/** The fields that new tokens change. */
export function fieldsOf(tokens: TokenSet): Record<string, unknown> {
  const { accessToken, refreshToken, idToken, grantedScopes } = tokens;
  const { expiresAt, value } = accessToken;
  return {
    token: value,
    expiry: expiresAt === undefined ? undefined : formatExpiry(new Date(expiresAt)),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    // Those of an earlier token must not stand beside this one.
    granted_scopes: grantedScopes,
  };
}

function notJson(path: string): ConfigurationError {
  return new ConfigurationError(
    'invalid_json',
    `The file ${path} is not a JSON object. Was it cut short, or is it another file? It was left as it is.`,
  );
}
