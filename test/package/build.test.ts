/** The build itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { isStale } from '../../scripts/build-if-stale.mjs';
import { ROOT } from './scratch-project.js';

const { exports } = createRequire(import.meta.url)('../../package.json');

test('The build succeeds, and no source is newer than it.', () => {
  expect(isStale()).toBe(false);
});

test('The build writes every file that the exports of package.json name.', () => {
  const files = Object.values<string | Record<string, string>>(exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : Object.values(entry),
  );

  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('The declarations are those that an entry point leads to, and no others.', () => {
  const dist = path.join(ROOT, 'dist');
  const entries = Object.values<string | Record<string, string>>(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : path.join(ROOT, entry['types'] ?? ''),
  );

  const program = ts.createProgram(entries, { module: ts.ModuleKind.NodeNext, noLib: true, types: [] });

  const ledTo = program.getSourceFiles().map(({ fileName }) => path.relative(dist, fileName));
  const written = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  expect(written.sort()).toEqual(ledTo.filter((file) => !file.startsWith('..')).sort());
});

test('Every public class has the name by which it is imported, minified as it is.', async () => {
  const entries = Object.values<string | Record<string, string>>(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : (entry['default'] ?? []),
  );
  const modules = await Promise.all(
    entries.map((file) => import(pathToFileURL(path.join(ROOT, file)).href) as Promise<object>),
  );

  const classes = modules.flatMap((module) => Object.entries(module)).filter(([name]) => /^[A-Z][a-z]/.test(name));
  expect(classes.length).toBeGreaterThan(20);
  expect(classes.map(([, kind]: [string, { name: string }]) => kind.name)).toEqual(classes.map(([name]) => name));
});

test('The main file holds no regular expression with a Unicode class, which V8 would have to check at every import.', () => {
  const file = path.join(ROOT, 'dist/index.js');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };

  visit(source);

  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((text) => text.includes(String.raw`\p{`))).toEqual([]);
});

test('No line of the build is so long that an uncaught error, which shows its line, would drown its own message.', () => {
  const dist = path.join(ROOT, 'dist');
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.js') && name !== 'shared-names.js',
  );

  const longest = scripts.map((name) => {
    const lines = readFileSync(path.join(dist, name), 'utf8').split('\n');
    return Math.max(...lines.filter((line) => !line.startsWith('//# ')).map(({ length }) => length));
  });
  expect(scripts.length).toBeGreaterThan(3);
  expect(Math.max(...longest)).toBeLessThan(1000);
});
