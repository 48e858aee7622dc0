/** What the environment says of the metadata server, by google-auth's names; read whenever it is needed, so that a variable set later still counts. */
import { RefreshError } from '../../errors.js';
import { isHost, METADATA_ADDRESS } from '../../google/metadata-address.js';
import { METADATA_HOST } from '../../google/metadata-server.js';
import { readEnv } from '../../host/env.js';

/** How the metadata server is looked for. */
export interface DetectionSettings {
  /** Whether `NO_GCE_CHECK` forbids to look. */
  readonly forbidden: boolean;
  /** Whom to ping: `GCE_METADATA_IP`, else the host that is named for all else, else Google's address. */
  readonly address: string;
  /** The variable that names the address; `undefined` where it is Google's. */
  readonly variable: string | undefined;
  /** How long looking may take in all, in milliseconds: `GCE_METADATA_TIMEOUT`, in seconds. */
  readonly timeoutMs: number;
  /** How often to ping at most: `GCE_METADATA_DETECT_RETRIES`. */
  readonly attempts: number;
}

/** A search that finds nothing is over within 3 s: what comes before the ping and after it takes its share. */
const DEFAULT_TIMEOUT_MS = 2_800;
const DEFAULT_ATTEMPTS = 3;
const HOST_VARIABLES = ['GCE_METADATA_HOST', 'GCE_METADATA_ROOT'] as const;
const SECONDS = /^\d{1,6}(?:\.\d{1,3})?$/;
const COUNT = /^[1-9]\d{0,3}$/;

/**
 * Where the metadata server answers, checked: `GCE_METADATA_HOST`, else `GCE_METADATA_ROOT`, else Google's name for it.
 * @throws RefreshError `metadata_unavailable` where a variable holds anything but a host and a port.
 */
export function metadataHost(): string {
  const { variable, value } = firstSet(HOST_VARIABLES) ?? { variable: '', value: METADATA_HOST };
  if (isHost(value)) return value;
  throw new RefreshError(
    'metadata_unavailable',
    `${variable} must be a host, or a host and a port, such as 127.0.0.1:8080, without a protocol and a path. Correct it, or unset it.`,
  );
}

/** How long one attempt to read a value may take: `GCE_METADATA_TIMEOUT`, where it is set. */
export function metadataTimeoutMs(): number | undefined {
  const seconds = readEnv('GCE_METADATA_TIMEOUT')?.trim() ?? '';
  const timeoutMs = SECONDS.test(seconds) ? Number(seconds) * 1000 : 0;
  return timeoutMs > 0 ? timeoutMs : undefined;
}

/** How the metadata server is to be looked for. What cannot be read as a number counts as unset. */
export function detectionSettings(): DetectionSettings {
  const attempts = readEnv('GCE_METADATA_DETECT_RETRIES')?.trim() ?? '';
  const named = firstSet(['GCE_METADATA_IP', ...HOST_VARIABLES]);
  return {
    forbidden: readEnv('NO_GCE_CHECK') === 'true',
    address: named?.value ?? METADATA_ADDRESS,
    variable: named?.variable,
    timeoutMs: metadataTimeoutMs() ?? DEFAULT_TIMEOUT_MS,
    attempts: COUNT.test(attempts) ? Number(attempts) : DEFAULT_ATTEMPTS,
  };
}

/** The first of these variables that is set. */
function firstSet(variables: readonly string[]): { readonly variable: string; readonly value: string } | undefined {
  for (const variable of variables) {
    const value = readEnv(variable);
    if (value !== undefined) return { variable, value };
  }
  return undefined;
}
