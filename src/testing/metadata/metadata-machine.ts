/** The machine that a metadata server tells about: its project, and the service accounts that are attached to it. */
import type { ServiceAccount } from '../accounts/service-accounts.js';
import type { Realm } from '../realm.js';
import type { AttachedServiceAccount, MetadataOptions } from './metadata-options.js';
import { readMetadataOptions } from './metadata-options.js';
import type { MetadataDirectory, MetadataNode } from './metadata-tree.js';

const DEFAULT_SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

const DEFAULTS: Omit<Machine, 'attachments'> = {
  projectId: 'emulated-project',
  numericProjectId: 123_456_789_012,
  universeDomain: 'googleapis.com',
  // So long before its end the metadata server replaces a token; `REFRESH_THRESHOLD` of google-auth is shorter for this reason.
  tokenRenewalMs: 240_000,
};

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
  const { serviceAccounts = [{}], ...known } = readMetadataOptions(options);
  const machine = { ...DEFAULTS, ...known };
  const attachments = serviceAccounts.map((attached) => attach(realm, machine.projectId, attached));
  return { ...machine, attachments };
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
  return { account, scopes: Object.freeze([...(attached.scopes ?? DEFAULT_SCOPES)]) };
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
