/** Finds import cycles: files that load each other, however far round. Type-only imports load nothing and are free. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { eachImport, fileOf, targetOf } from './imports.mjs';

const COMMENT = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm;
const IMPORT = /^(?:import|export)\s(?!type\b)(?:[^'";]*?\sfrom\s)?\s*'(?<target>\.[^']+)'/gm;

/** Reports each import that leads back to the file it stands in. */
export const cycles = {
  meta: { type: 'problem', schema: [], messages: { cycle: 'Import cycle: {{route}}.' } },
  create(context) {
    const file = fileOf(context);
    return eachImport((node, source, how) => {
      const target = targetOf(file, source);
      if (how !== 'static' || target === undefined) return;
      const route = routeBetween(target, file, (name) => importsOf(path.join(context.cwd, name), name));
      if (route !== undefined)
        context.report({ node, messageId: 'cycle', data: { route: [file, ...route].join(' → ') } });
    });
  },
};

/** The shortest chain of imports from one file to another, both included; `undefined` where there is none. */
export function routeBetween(from, to, importsFrom) {
  const routes = [[from]];
  const seen = new Set([from]);
  for (const route of routes) {
    const last = route.at(-1);
    if (last === to) return route;
    for (const next of importsFrom(last)) {
      if (!seen.has(next)) routes.push([...route, next]);
      seen.add(next);
    }
  }
  return undefined;
}

const cache = new Map();

function importsOf(fullName, file) {
  const changedAt = statSync(fullName, { throwIfNoEntry: false })?.mtimeMs;
  if (changedAt === undefined) return [];
  const known = cache.get(fullName);
  if (known?.changedAt === changedAt) return known.targets;
  const text = readFileSync(fullName, 'utf8').replace(COMMENT, '');
  const targets = [...text.matchAll(IMPORT)].map((match) => targetOf(file, match.groups.target));
  cache.set(fullName, { changedAt, targets });
  return targets;
}
