/** Removes the declarations to which no entry point leads: nobody can import them, and they would be two thirds of what is packed. */
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import typescript from 'typescript';

/** @param entries The declarations of the entry points, as the package names them. */
export function keepPublicDeclarations(root, entries) {
  const folder = join(root, 'dist');
  const kept = reachedFrom(entries.map((entry) => join(root, entry)));
  for (const file of filesIn(folder, /\.d\.ts(?:\.map)?$/)) if (!kept.has(file.replace(/\.map$/, ''))) rmSync(file);
  removeEmptyFolders(folder);
}

function reachedFrom(entries) {
  const reached = new Set();
  const reach = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { fileName } of typescript.preProcessFile(readFileSync(file, 'utf8')).importedFiles)
      if (fileName.startsWith('.')) reach(join(dirname(file), fileName.replace(/\.js$/, '.d.ts')));
  };
  for (const entry of entries) reach(entry);
  return reached;
}

function filesIn(folder, pattern) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
