/** Credentials from a file or from its contents, of the types that the caller names: a file must not choose what is done with it. */
import { ownOptions, requireOptions } from '../base/option-record.js';
import { ConfigurationError } from '../errors.js';
import { CREDENTIALS_OPTIONS } from '../credentials/credentials-options.js';
import { readInfoFile } from '../credentials/info-file.js';
import { InfoReader } from '../credentials/info-reader.js';
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

const LOAD_OPTIONS: readonly (keyof LoadOptions)[] = [...CREDENTIALS_OPTIONS, 'scopes', 'defaultScopes', 'endpoints'];
const REMEDY = 'Give another file, or name its type where you are ready for it.';

/**
 * Loads a credential file. `GOOGLE_CLOUD_QUOTA_PROJECT` goes before the quota project that it names, and the option before both.
 * @param path The file.
 * @throws ConfigurationError that says which field of which file is wrong; `wrong_type` where it is of another type than those named.
 * @throws TypeError for an option of the wrong type.
 */
export async function credentialsFromFile<T extends CredentialType>(
  path: string | URL,
  options: CredentialsFromOptions<T>,
): Promise<LoadedCredentials<CredentialsByType[T]>> {
  const types = typesOf(options);
  const load = loadOptions(options);
  const file = pathOf(path);
  const type = typeIn(await readInfoFile(file), `the file ${file}`, types);
  return Object.freeze(await LOADERS[type].fromFile(file, load));
}

/**
 * Makes credentials of the contents of a credential file. Quota projects are chosen as by {@link credentialsFromFile}.
 * @throws ConfigurationError that says which field is wrong; `wrong_type` where it is of another type than those named.
 * @throws TypeError for an option of the wrong type.
 */
export async function credentialsFromInfo<T extends CredentialType>(
  info: object,
  options: CredentialsFromOptions<T>,
): Promise<LoadedCredentials<CredentialsByType[T]>> {
  const types = typesOf(options);
  const load = loadOptions(options);
  const type = typeIn(info, 'the credential info', types);
  return Object.freeze(await LOADERS[type].fromInfo(info, load));
}

/** The options of loading that the caller's object itself holds. */
export function loadOptions(options: LoadOptions): Readonly<LoadOptions> {
  return ownOptions<LoadOptions>(options, LOAD_OPTIONS);
}

function typesOf<T extends CredentialType>(options: CredentialsFromOptions<T>): readonly T[] {
  requireOptions(options);
  const { type } = options;
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
  const given = new InfoReader<'type'>(info, { where, endpoints: undefined }, REMEDY).text('type');
  const type = types.find((each) => each === given);
  if (type !== undefined) return type;
  const Where = where.charAt(0).toUpperCase() + where.slice(1);
  const found = given === undefined ? 'names no type, and is' : 'is';
  throw new ConfigurationError('wrong_type', `${Where} ${found} not of the type ${types.join(' or ')}. ${REMEDY}`);
}
