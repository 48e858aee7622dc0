/** Which folder may import values from which: the architecture as one table. Type-only imports are free. */
import { eachImport, fileOf, targetOf } from './imports.mjs';

const ground = ['base', 'errors'];
const oauth = [...ground, 'tokens'];
const google = [...oauth, 'oauth'];
const credentials = [...google, 'google', 'jose', 'host', 'cache', 'transport'];
const library = [...credentials, 'credentials', 'adc', 'verification', 'stores', 'server', 'manager', 'interop'];

/** Room → the rooms it may import values from, itself aside. A room is a folder of `src/`, or a file that stands in it. */
export const FLOORS = {
  errors: [],
  base: ['errors'],

  tokens: ground,
  cache: ground,
  transport: ground,
  jose: [...ground, 'cache'],
  host: ground,

  oauth,
  google,

  credentials,
  adc: [...credentials, 'credentials'],
  verification: [...ground, 'tokens', 'cache', 'transport', 'jose', 'credentials'],
  stores: [...ground, 'tokens', 'cache', 'host'],

  server: [...ground, 'tokens', 'cache', 'transport', 'credentials', 'adc'],
  manager: [...ground, 'tokens', 'cache', 'transport', 'jose', 'oauth', 'stores', 'credentials'],

  interop: [...ground, 'tokens', 'transport', 'google', 'credentials', 'adc'],
  testing: library,
  index: library,
  cli: [...library, 'testing', 'index'],
};

/** Reports imports of values that the table does not allow, and imports of entry files by anything but entry files. */
export const floors = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      edge: '"{{from}}" may not import values from "{{to}}" (docs/architecture.md); only `import type` is free.',
      entry: 'Nobody imports an entry file: import from the file that holds what you need.',
      room: 'The room "{{room}}" is not in the table of scripts/eslint/floors.mjs.',
    },
  },
  create(context) {
    const file = fileOf(context);
    const from = roomOf(file);
    if (from === undefined) return {};
    if (!Object.hasOwn(FLOORS, from)) {
      return { Program: (node) => context.report({ node, messageId: 'room', data: { room: from } }) };
    }
    return eachImport((node, source, how) => {
      const target = targetOf(file, source);
      const to = target === undefined ? undefined : roomOf(target);
      if (to === undefined) return;
      if (isEntry(target) && !isEntry(file)) context.report({ node, messageId: 'entry' });
      else if (how !== 'type' && to !== from && !FLOORS[from].includes(to)) {
        context.report({ node, messageId: 'edge', data: { from, to } });
      }
    });
  },
};

function roomOf(file) {
  return /^src\/(?<room>[^/.]+)/.exec(file)?.groups.room;
}

function isEntry(file) {
  return file.endsWith('/index.ts');
}
