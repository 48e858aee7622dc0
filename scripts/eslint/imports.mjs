/** How the rules of this folder see a file: its name from the repository's root, and every module it names. */
import path from 'node:path';

/** The file's name from the repository's root, with forward slashes: `src/oauth/form.ts`. */
export function fileOf(context) {
  return path.relative(context.cwd, path.resolve(context.cwd, context.filename)).split(path.sep).join('/');
}

/** The source file that a relative import means, `undefined` where a package or a builtin is named. */
export function targetOf(file, source) {
  if (!source.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(file), source).replace(/\.js$/, '.ts');
}

/**
 * A visitor that calls `visit(node, source, how)` for each module named in the file. `how` is `type` where nothing is
 * left of the import at run time, `static` where it is loaded with the file, and `lazy` where it is loaded later.
 */
export function eachImport(visit) {
  const statically = (node, kind) => {
    if (node.source === null) return;
    visit(node.source, node.source.value, kind === 'type' ? 'type' : 'static');
  };
  return {
    ImportDeclaration: (node) => statically(node, isTypeOnly(node) ? 'type' : 'value'),
    ExportNamedDeclaration: (node) => statically(node, node.exportKind),
    ExportAllDeclaration: (node) => statically(node, node.exportKind),
    TSImportType: (node) => visit(node, node.source.value, 'type'),
    TSExternalModuleReference: (node) => visit(node, node.expression.value, 'static'),
    ImportExpression: (node) => lazily(node, node.source, visit),
    CallExpression: (node) => {
      if (loadsModule(node.callee)) lazily(node, node.arguments[0], visit);
    },
  };
}

function isTypeOnly(node) {
  const kinds = node.specifiers.map((specifier) => specifier.importKind);
  return node.importKind === 'type' || (kinds.length > 0 && kinds.every((kind) => kind === 'type'));
}

function lazily(node, name, visit) {
  if (name?.type === 'Literal' && typeof name.value === 'string') visit(node, name.value, 'lazy');
}

function loadsModule(callee) {
  if (callee.type === 'Identifier') return callee.name === 'require';
  return callee.type === 'MemberExpression' && callee.property.name === 'getBuiltinModule';
}
