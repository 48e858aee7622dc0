/** Importing a file of the library does next to nothing: no heavy module is loaded, no lazy global is woken, nothing is awaited. */
import { isBuiltin } from 'node:module';
import { globalUses } from './doors.mjs';
import { eachImport, fileOf } from './imports.mjs';

/** Node has loaded these before any program starts. */
const FREE_BUILTINS = ['buffer', 'events', 'path', 'url', 'util'];

/** Merely touching one of these loads undici, which takes 20 to 40 ms, or another part of Node that takes 1 to 5. */
const LAZY_GLOBALS = [
  ...['fetch', 'File', 'FormData', 'Headers', 'Request', 'Response', 'WebSocket', 'EventSource'],
  ...['performance', 'crypto', 'Blob'],
];

/** The test kit and the command line are servers and programs: they load what they need. */
const EXEMPT = /^src\/(testing|cli)\//;

/** Reports what would make `import 'credence'` slow, or impossible to `require`. */
export const quietLoad = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      builtin: 'A static import of "{{name}}" makes every importer wait: load it on first use.',
      lazy: 'Touching "{{name}}" while the module loads makes Node load much: touch it inside a function.',
      await: 'A module that awaits while it loads cannot be required.',
    },
  },
  create(context) {
    const exempt = EXEMPT.test(fileOf(context));
    return {
      ...eachImport((node, source, how) => {
        if (exempt || how !== 'static' || !isBuiltin(source)) return;
        if (FREE_BUILTINS.includes(source.replace(/^node:/, ''))) return;
        context.report({ node, messageId: 'builtin', data: { name: source } });
      }),
      'AwaitExpression, ForOfStatement[await=true]': (node) => {
        if (runsOnLoad(node)) context.report({ node, messageId: 'await' });
      },
      'Program:exit': () => {
        for (const { node, name } of globalUses(context.sourceCode)) {
          if (exempt || !LAZY_GLOBALS.includes(name) || !runsOnLoad(node)) continue;
          context.report({ node, messageId: 'lazy', data: { name } });
        }
      },
    };
  },
};

function runsOnLoad(node) {
  for (let at = node; at !== null; at = at.parent) {
    if (/Function/.test(at.type)) return false;
  }
  return true;
}
