/** The key file of a service account, on disk, for credentials that sign their own JWTs. */
import { pathOf } from '../../host/paths.js';
import { readInfoFile } from '../info-file.js';
import { jwtOptionsOfInfo, type JwtLoadOptions } from './jwt-load.js';
import type { JwtOptions } from './jwt-options.js';

/**
 * The signing options of a key file.
 * @throws ConfigurationError that says which field of which file is wrong, and what to do.
 */
export async function jwtOptionsOfFile(path: string | URL, options: JwtLoadOptions): Promise<JwtOptions> {
  const file = pathOf(path);
  return jwtOptionsOfInfo(await readInfoFile(file), `the file ${file}`, options);
}
