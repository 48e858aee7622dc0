/** Google's metadata server: where it answers, and what it calls things ({@link https://cloud.google.com/compute/docs/metadata/overview | Google's description}). */
import { parsedUrl } from '../base/parsed-url.js';

/** Where the metadata server answers where nothing says otherwise. */
export const METADATA_HOST = 'metadata.google.internal';

/** The service account of the machine. */
export const DEFAULT_ACCOUNT = 'default';

/** What the paths of all its answers begin with. */
export const METADATA_ROOT = '/computeMetadata/v1/';

const ACCOUNT = /^(?!\.+$)[\w.@:+-]{1,320}$/;

/** Whether the value can name a service account: `default`, or an e-mail address. */
export function isServiceAccount(value: unknown): value is string {
  return typeof value === 'string' && ACCOUNT.test(value);
}

/** Whether a URL leads to this metadata server, in the host's own spelling or in the normal one. */
export function isMetadataUrl(url: string, host: string): boolean {
  const base = `http://${host}`;
  return url.startsWith(base + METADATA_ROOT) || url.startsWith(`${parsedUrl(base)?.origin ?? base}${METADATA_ROOT}`);
}
