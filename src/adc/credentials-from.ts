/** Credentials from a file or from its contents, of the types that the caller names: a file must not choose what is done with it. */
import { endpointPolicy } from '../base/endpoint-policy.js';
import { judgedOptions, namesOf, ownOptions, type Rules } from '../base/option-record.js';
import { optional } from '../base/option-rules.js';
import { parseScopes } from '../base/scopes.js';
import { credentialsRules } from '../credentials/credentials-options.js';
import { readInfoFile } from '../credentials/info-file.js';
import { openInfo, shownType, textIn } from '../credentials/info-reader.js';
import { projectFromEnvironment } from '../credentials/quota-project.js';
import { ConfigurationError } from '../errors.js';
import { QUOTA_PROJECT_VARIABLE } from '../google/well-known.js';
import { pathOf } from '../host/paths.js';
import {
  LOADERS,
  type CredentialsByType,
  type CredentialType,
  type LoadedCredentials,
  type LoadOptions,
} from './loaders.js';

/** Options of `credentialsFromFile` and `credentialsFromInfo`. */
export interface CredentialsFromOptions<T extends CredentialType> extends LoadOptions {
  /** The type, or the types, that the caller is ready for: whoever can choose the file could otherwise choose what it does. */
  readonly type: T | readonly T[];
}

function rules(): Rules<LoadOptions> {
  return {
    scopes: parseScopes,
    defaultScopes: parseScopes,
    endpoints: optional(endpointPolicy),
    ...credentialsRules(),
  };
}

/** How somebody comes by a file of each type. */
const SOURCES: Readonly<Record<CredentialType, string>> = Object.freeze({
  authorized_user: 'the file that `gcloud auth application-default login` writes',
  service_account: 'the key file of a service account',
});

/** Loads a file of one of the types named. */
export async function credentialsFromFile<T extends CredentialType>(
  path: string | URL,
  options: CredentialsFromOptions<T>,
): Promise<LoadedCredentials<CredentialsByType[T]>> {
  const types = typesOf(options);
  const load = billed(loadOptions(options));
  const file = pathOf(path);
  const type = typeIn(await readInfoFile(file), `the file ${file}`, types);
  return Object.freeze(await LOADERS[type].fromFile(file, load));
}

/** Loads the contents of a file of one of the types named. */
export async function credentialsFromInfo<T extends CredentialType>(
  info: object,
  options: CredentialsFromOptions<T>,
): Promise<LoadedCredentials<CredentialsByType[T]>> {
  const types = typesOf(options);
  const load = billed(loadOptions(options));
  const type = typeIn(info, 'the credential info', types);
  return Object.freeze(LOADERS[type].fromInfo(info, load));
}

/**
 * The options of loading that the caller's object itself holds, whatever kind will read them in the end.
 * @throws TypeError for an option of the wrong type.
 */
export function loadOptions(options: LoadOptions): Readonly<LoadOptions> {
  return judgedOptions(options, rules());
}

/**
 * The same with the quota project of the environment, where they name none. It goes before the one that a file names.
 * @throws ConfigurationError `invalid_field` where it cannot stand in a header.
 */
export function billed(load: Readonly<LoadOptions>): Readonly<LoadOptions> {
  if (load.quotaProjectId !== undefined) return load;
  const quotaProjectId = projectFromEnvironment(QUOTA_PROJECT_VARIABLE);
  return ownOptions<LoadOptions>({ ...load, quotaProjectId }, namesOf(rules()));
}

function typesOf<T extends CredentialType>(options: CredentialsFromOptions<T>): readonly T[] {
  const { type } = ownOptions<CredentialsFromOptions<T>>(options, ['type']);
  const types = typeof type === 'string' ? [type] : type;
  if (isTypeList(types)) return types;
  const known = Object.keys(LOADERS).map((name) => `"${name}"`);
  throw new TypeError(`"type" must be one or several of ${known.join(', ')}`);
}

function isTypeList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each: unknown) => typeof each === 'string' && Object.hasOwn(LOADERS, each))
  );
}

function typeIn<T extends CredentialType>(info: object, where: string, types: readonly T[]): T {
  const remedy = `Give ${types.map((each) => SOURCES[each]).join(', or ')}`;
  const format = { type: undefined, required: [], remedy: `${remedy}.` };
  const given = textIn(openInfo(info, { where, endpoints: undefined }, format), 'type');
  const type = types.find((each) => each === given);
  if (type !== undefined) return type;
  const Where = where.charAt(0).toUpperCase() + where.slice(1);
  const found = given === undefined ? 'names no type of credentials' : `holds credentials of ${shownType(given)}`;
  const awaited = types.map((each) => `"${each}"`).join(' or ');
  const message = `${Where} ${found}, and not of the type ${awaited}. ${remedy}${elseOf(given)}`;
  throw new ConfigurationError('wrong_type', message);
}

function elseOf(given: string | undefined): string {
  if (given === undefined) return '.';
  return Object.hasOwn(LOADERS, given)
    ? ', or name its type in "type" if you are ready for it.'
    : ': this library loads no files of its type.';
}
