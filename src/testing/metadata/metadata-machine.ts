/** The machine that a metadata server tells about: its project, and the service accounts that are attached to it. */
import type { ServiceAccount } from '../accounts/service-accounts.js';
import { requireNumber } from '../arguments.js';
import type { Realm } from '../realm.js';
import { requireScopes } from '../scope-list.js';
import type { MetadataDirectory, MetadataNode } from './metadata-tree.js';

const DEFAULT_PROJECT = 'emulated-project';
const DEFAULT_PROJECT_NUMBER = 123_456_789_012;
const DEFAULT_SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

/** So long before its end the metadata server replaces a token; `REFRESH_THRESHOLD` of google-auth is shorter for this reason. */
const DEFAULT_RENEWAL_MS = 240_000;

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

/** A service account with the scopes that it has on a machine. */
export interface Attachment {
  readonly account: ServiceAccount;
  readonly scopes: readonly string[];
}

/** A machine with everything decided. */
export interface Machine {
  readonly projectId: string;
  readonly numericProjectId: number;
  readonly universeDomain: string | null;
  /** The first is the default. */
  readonly attachments: readonly Attachment[];
  readonly tokenRenewalMs: number;
}

/** Checks the options, and registers the accounts that are not there yet. */
export function machineOf(realm: Realm, options: MetadataOptions): Machine {
  const { projectId = DEFAULT_PROJECT, universeDomain = 'googleapis.com', serviceAccounts = [{}] } = options;
  const numericProjectId = requireNumber('numericProjectId', options.numericProjectId ?? DEFAULT_PROJECT_NUMBER, 0);
  const tokenRenewalMs = requireNumber('tokenRenewalMs', options.tokenRenewalMs ?? DEFAULT_RENEWAL_MS, 0);
  const attachments = serviceAccounts.map((attached) => attach(realm, projectId, attached));
  return { projectId, numericProjectId, universeDomain, attachments, tokenRenewalMs };
}

/** What the metadata server keeps about a machine, below `/computeMetadata/v1`. */
export function treeOf(machine: Machine): MetadataDirectory {
  const { projectId, numericProjectId, universeDomain, attachments } = machine;
  const universe: MetadataDirectory =
    universeDomain === null ? new Map() : new Map([['universe-domain', universeDomain]]);
  return new Map<string, MetadataNode>([
    ['instance', new Map([['service-accounts', new Map(attachments.flatMap(accountEntries))]])],
    [
      'project',
      new Map<string, MetadataNode>([
        ['numeric-project-id', numericProjectId],
        ['project-id', projectId],
      ]),
    ],
    ['universe', universe],
  ]);
}

function attach({ serviceAccounts }: Realm, projectId: string, attached: AttachedServiceAccount): Attachment {
  const name = `vm-${String(serviceAccounts.size + 1)}`;
  const email = attached.email ?? `${name}@${projectId}.iam.gserviceaccount.com`;
  const account = serviceAccounts.find(email) ?? serviceAccounts.add({ email, projectId });
  return { account, scopes: requireScopes('scopes', attached.scopes ?? DEFAULT_SCOPES) };
}

function accountEntries({ account, scopes }: Attachment, place: number): [string, MetadataDirectory][] {
  const isDefault = place === 0;
  const directory = new Map<string, MetadataNode>([
    ['aliases', isDefault ? ['default'] : []],
    ['email', account.email],
    ['identity', null],
    ['scopes', scopes],
    ['token', null],
  ]);
  return isDefault
    ? [
        ['default', directory],
        [account.email, directory],
      ]
    : [[account.email, directory]];
}
