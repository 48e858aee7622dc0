/** Which endpoint of a metadata server serves which path, and to whom. */
import type { Answer, Endpoint, Incoming } from '../http/http-exchange.js';
import { decodedSegment } from '../http/path-segment.js';
import type { RequestTarget } from '../http/request-record.js';
import type { Route } from '../http/routes.js';
import { tokenMembers } from '../oauth/token-members.js';
import type { Realm } from '../realm.js';
import { metadataJson, metadataRefusal, textAnswer } from './metadata-answers.js';
import { machineIdToken } from './metadata-identity.js';
import type { Attachment, Machine } from './metadata-machine.js';
import { treeOf } from './metadata-machine.js';
import type { MetadataTokens } from './metadata-tokens.js';
import type { MetadataNode } from './metadata-tree.js';
import { findNode, isDirectory, nodeJson, nodeText } from './metadata-tree.js';

const ROOT = '/computeMetadata/v1/';
const ACCOUNT_ENDPOINT = /^instance\/service-accounts\/(?<name>[^/]+)\/(?<endpoint>token|identity)$/;
const NOT_FOUND = metadataRefusal(404, 'The requested URL was not found on this server.');

/** What a metadata server answers from. */
export interface MetadataParts {
  readonly realm: Realm;
  readonly machine: Machine;
  readonly tokens: MetadataTokens;
}

/** Makes the function that finds the route of a request. */
export function metadataRoutesOf(parts: MetadataParts): (method: string, path: string) => Route {
  const tree = treeOf(parts.machine);
  const values: Endpoint = ({ url }) => valueAnswer(findNode(tree, url.pathname.slice(ROOT.length)), url);
  const route = (target: RequestTarget, serve: Endpoint): Route => ({ target, serve: guarded(serve) });
  return (method, path) => {
    if (path === '/') return route('metadataPing', () => textAnswer('computeMetadata/\n'));
    if (!path.startsWith(ROOT)) return route('unknown', () => NOT_FOUND);
    if (method !== 'GET') return route('metadata', () => metadataRefusal(405, 'The request method is inappropriate.'));
    const { name, endpoint } = ACCOUNT_ENDPOINT.exec(path.slice(ROOT.length))?.groups ?? {};
    if (name === undefined) return route('metadata', values);
    const attachment = attachmentOf(parts.machine, decodedSegment(name));
    if (endpoint === 'token') return route('metadataToken', ({ url }) => tokenAnswer(attachment, url, parts));
    return route('metadataIdentity', ({ url }) => identityAnswer(attachment, url, parts));
  };
}

/** Refuses what may come from elsewhere than this machine, and marks every answer as Google's. */
function guarded(serve: Endpoint): Endpoint {
  return async (incoming) => {
    const { status, headers, body } = refusalOf(incoming) ?? (await serve(incoming));
    return { status, headers: { 'metadata-flavor': 'Google', server: 'Metadata Server for VM', ...headers }, body };
  };
}

function refusalOf({ headers, url }: Incoming): Answer | undefined {
  if (headers['x-forwarded-for'] !== undefined) return metadataRefusal(403, 'The request was forwarded.');
  if (url.pathname === '/' || headers['metadata-flavor'] === 'Google') return undefined;
  return metadataRefusal(403, 'Missing required header: Metadata-Flavor: Google');
}

function attachmentOf({ attachments }: Machine, name: string): Attachment | undefined {
  return name === 'default' ? attachments[0] : attachments.find(({ account }) => account.email === name);
}

function valueAnswer(node: MetadataNode | undefined, { pathname, searchParams }: URL): Answer {
  if (node === undefined || node === null) return NOT_FOUND;
  const recursive = searchParams.get('recursive')?.toLowerCase() === 'true';
  if (recursive || searchParams.get('alt') === 'json') return metadataJson(nodeJson(node));
  if (!isDirectory(node) || pathname.endsWith('/')) return textAnswer(nodeText(node));
  const { headers, ...page } = metadataRefusal(301, 'Directories end in a slash.');
  return { ...page, headers: { ...headers, location: `${pathname}/` } };
}

function tokenAnswer(attachment: Attachment | undefined, { searchParams }: URL, parts: MetadataParts): Answer {
  if (attachment === undefined) return NOT_FOUND;
  if (attachment.account.disabled) return metadataRefusal(403, 'The service account is disabled.');
  const asked = (searchParams.get('scopes') ?? '').split(/[ ,]+/).filter((scope) => scope !== '');
  const token = parts.tokens.get(attachment, asked.length === 0 ? attachment.scopes : asked);
  const { access_token, expires_in, token_type } = tokenMembers(token, parts.realm);
  return metadataJson({ access_token, expires_in, token_type });
}

async function identityAnswer(
  attachment: Attachment | undefined,
  { searchParams }: URL,
  { machine, realm }: MetadataParts,
): Promise<Answer> {
  if (attachment === undefined) return NOT_FOUND;
  if ((searchParams.get('audience') ?? '') === '') return metadataRefusal(400, 'non-empty audience parameter required');
  return textAnswer(await machineIdToken(attachment.account, searchParams, machine, realm));
}
