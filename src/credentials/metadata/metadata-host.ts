/** Whom the kinds of this folder ask, by google-auth's names of variables; read whenever it is needed, so that a variable set later still counts. */
import { METADATA_HOST } from '../../google/metadata-server.js';
import { readEnv } from '../../host/env.js';

/** How often a question is sent at most: the server of a machine that has just started is often not up yet. */
export const METADATA_ATTEMPTS = 5;

/** Where the metadata server answers, unchecked: `GCE_METADATA_HOST`, else `GCE_METADATA_ROOT`, else Google's name for it. */
export function namedMetadataHost(): string {
  return readEnv('GCE_METADATA_HOST') ?? readEnv('GCE_METADATA_ROOT') ?? METADATA_HOST;
}
