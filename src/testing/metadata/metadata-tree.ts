/** What a metadata server keeps, as a tree: directories list their entries, leaves are text, and all of it can be had as JSON. */
import { decodedSegment } from '../http/path-segment.js';

/** An entry: a value, several lines, a directory; `null` is an endpoint that a directory lists and JSON leaves out. */
export type MetadataNode = string | number | readonly string[] | null | MetadataDirectory;

/** A directory. */
export type MetadataDirectory = ReadonlyMap<string, MetadataNode>;

/** Whether an entry is a directory. */
export function isDirectory(node: MetadataNode): node is MetadataDirectory {
  return node instanceof Map;
}

/** The entry at a path, whose segments may be encoded; `undefined` where there is none. */
export function findNode(root: MetadataDirectory, path: string): MetadataNode | undefined {
  let node: MetadataNode | undefined = root;
  for (const segment of path.split('/').filter((part) => part !== '')) {
    if (node === undefined || node === null || !isDirectory(node)) return undefined;
    node = node.get(decodedSegment(segment));
  }
  return node;
}

/** An entry as text: a directory lists its entries, those that are directories with a slash. */
export function nodeText(node: MetadataNode): string {
  if (node === null) return '';
  if (isDirectory(node)) return lines([...node].map(([name, entry]) => `${name}${slashOf(entry)}`));
  return typeof node === 'object' ? lines(node) : String(node);
}

/** An entry as JSON, with the names in camel case. */
export function nodeJson(node: MetadataNode): unknown {
  if (node === null || !isDirectory(node)) return node;
  const entries = [...node].filter(([, entry]) => entry !== null);
  return Object.fromEntries(entries.map(([name, entry]) => [camelCased(name), nodeJson(entry)]));
}

function slashOf(entry: MetadataNode): string {
  return entry !== null && isDirectory(entry) ? '/' : '';
}

function lines(entries: readonly string[]): string {
  return entries.map((entry) => `${entry}\n`).join('');
}

/** Addresses of accounts stand among the names, and are left as they are. */
function camelCased(name: string): string {
  return name.includes('@') ? name : name.replaceAll(/-(?<letter>[a-z])/g, (_, letter: string) => letter.toUpperCase());
}
