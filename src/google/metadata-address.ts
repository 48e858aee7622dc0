/** What can be the address of a metadata server, and which is Google's. */
import { parsedUrl } from '../base/parsed-url.js';

/** For the ping: asking a name server off Google Cloud can take longer than the whole ping may. */
export const METADATA_ADDRESS = '169.254.169.254';

const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** Whether the value is a host with or without a port, and nothing else: no protocol, user or path. */
export function isHost(value: string): boolean {
  return HOST.test(value) && parsedUrl(`http://${value}`) !== undefined;
}
