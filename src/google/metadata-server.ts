/** Google's metadata server: where it answers, and what it calls things ({@link https://cloud.google.com/compute/docs/metadata/overview | Google's description}). */

/** The header, and its value, that every request and every believable answer carries. */
export const METADATA_FLAVOR: readonly [name: string, value: string] = Object.freeze(['metadata-flavor', 'Google']);

/** Where the metadata server answers where nothing says otherwise. */
export const METADATA_HOST = 'metadata.google.internal';

/** Its address, for the ping: asking a name server off Google Cloud can take longer than the whole ping may. */
export const METADATA_ADDRESS = '169.254.169.254';

/** The service account of the machine. */
export const DEFAULT_ACCOUNT = 'default';

/** What the paths of all its answers begin with. */
export const METADATA_ROOT = '/computeMetadata/v1/';

const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const ACCOUNT = /^(?!\.+$)[\w.@:+-]{1,320}$/;
/** Older projects carry the domain that they belong to: `example.com:my-project`. */
const PROJECT_ID = /^[a-z0-9][a-z0-9.:-]{0,254}$/i;

/** Whether the value is a host with or without a port, and nothing else: no protocol, user or path. */
export function isHost(value: string): boolean {
  return HOST.test(value) && URL.canParse(`http://${value}`);
}

/** Whether the value can name a service account: `default`, or an e-mail address. */
export function isServiceAccount(value: unknown): value is string {
  return typeof value === 'string' && ACCOUNT.test(value);
}

/** Whether the value can be the id of a project. */
export function isProjectId(value: string): boolean {
  return PROJECT_ID.test(value);
}

/** Whether a URL leads to this metadata server, in the host's own spelling or in the normal one. */
export function isMetadataUrl(url: string, host: string): boolean {
  const base = `http://${host}`;
  return (
    url.startsWith(base + METADATA_ROOT) || (URL.canParse(base) && url.startsWith(new URL(base).origin + METADATA_ROOT))
  );
}
