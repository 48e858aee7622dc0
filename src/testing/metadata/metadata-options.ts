/** What can be chosen about a machine and its metadata server. */
import { atLeast, orNull, requireArray, requireString, requireText } from '../arguments.js';
import type { Checks } from '../option-reading.js';
import { readOptions } from '../option-reading.js';
import { requireScopes } from '../scope-list.js';

/** A service account that is attached to a machine. */
export interface AttachedServiceAccount {
  /**
   * Its address. It may be that of an account of the emulator.
   * @default `vm-1@<projectId>.iam.gserviceaccount.com`, counting up
   */
  readonly email?: string;
  /**
   * The scopes of tokens for which none are asked.
   * @default cloud-platform
   */
  readonly scopes?: readonly string[];
}

/** What the metadata server tells. */
export interface MetadataOptions {
  /** @default 'emulated-project' */
  readonly projectId?: string;
  /** @default 123_456_789_012 */
  readonly numericProjectId?: number;
  /**
   * The universe; with `null`, the server knows nothing of universes, and answers 404.
   * @default 'googleapis.com'
   */
  readonly universeDomain?: string | null;
  /**
   * The attached service accounts, of which the first is `default`.
   * @default one
   */
  readonly serviceAccounts?: readonly AttachedServiceAccount[];
  /**
   * How long before its end a token is replaced, in milliseconds; until then, whoever asks gets the same one.
   * @default 240_000
   */
  readonly tokenRenewalMs?: number;
}

const CHECKS: Checks<MetadataOptions> = {
  projectId: requireText,
  numericProjectId: atLeast(0),
  universeDomain: orNull(requireString),
  serviceAccounts: requireArray,
  tokenRenewalMs: atLeast(0),
};

const ATTACHED_CHECKS: Checks<AttachedServiceAccount> = { email: requireText, scopes: requireScopes };

/**
 * Checks the options, those of the service accounts included, and gives a frozen copy.
 * @throws TypeError for an option that there is none of, or of the wrong type.
 */
export function readMetadataOptions(options: MetadataOptions): MetadataOptions {
  const own = readOptions(options, CHECKS);
  own.serviceAccounts?.forEach((attached, place) => {
    const name = `serviceAccounts[${String(place)}]`;
    readOptions(attached, ATTACHED_CHECKS, name, `${name}.`);
  });
  return own;
}
