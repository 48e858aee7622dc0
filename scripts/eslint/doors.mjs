/** The doors through which time, randomness, the environment, files and packages enter: each stands in one place. */
import { eachImport, fileOf } from './imports.mjs';

const clock = ['src/base/clock.ts', 'src/testing/', 'src/cli/'];
const host = ['src/host/', 'src/testing/', 'src/cli/'];

/** Module → the files that may load it, in whichever way. */
export const MODULE_DOORS = {
  gaxios: ['src/transport/gaxios.ts'],
  jws: ['src/jose/jws.ts'],
  'lru-cache': ['src/cache/lru.ts'],
  diagnostics_channel: ['src/tokens/channels.ts'],
  process: ['src/host/env.ts'],
  fs: host,
  'fs/promises': host,
  child_process: host,
  timers: clock,
  'timers/promises': clock,
  perf_hooks: clock,
};

/** Global, or member of one → the files that may touch it. */
export const GLOBAL_DOORS = {
  'Date.now': clock,
  'new Date()': clock,
  'performance.now': clock,
  'process.hrtime': clock,
  'process.uptime': clock,
  'AbortSignal.timeout': clock,
  setTimeout: clock,
  setInterval: clock,
  setImmediate: clock,
  'Math.random': clock,
  'process.env': ['src/host/env.ts'],
};

/** Reports whoever passes a door by. */
export const doors = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { door: '"{{name}}" is used only in {{files}} (docs/architecture.md).' },
  },
  create(context) {
    const file = fileOf(context);
    const check = (node, name, files) => {
      if (
        files === undefined ||
        files.some((place) => file === place || (place.endsWith('/') && file.startsWith(place)))
      )
        return;
      context.report({ node, messageId: 'door', data: { name, files: files.join(', ') } });
    };
    return {
      ...eachImport((node, source, how) => {
        if (how !== 'type') check(node, source, own(MODULE_DOORS, source.replace(/^node:/, '')));
      }),
      'Program:exit': () => {
        for (const { node, name } of globalUses(context.sourceCode)) check(node, name, own(GLOBAL_DOORS, name));
      },
    };
  },
};

/** Every use of a global as a value: its name, and the name of each member that is read from it. */
export function globalUses(sourceCode) {
  const { through, variables } = sourceCode.scopeManager.globalScope;
  const declared = variables.filter((variable) => variable.defs.length === 0).flatMap(({ references }) => references);
  return [...new Set([...through, ...declared])]
    .filter(({ identifier, isTypeReference }) => isTypeReference !== true && identifier.parent.type !== 'TSTypeQuery')
    .flatMap(({ identifier }) => usesOf(identifier, identifier.name));
}

function usesOf(node, name) {
  const members = membersOf(node);
  if (name === 'globalThis') return members.flatMap((member) => usesOf(member.node, member.name));
  const uses = [{ node, name }, ...members.map((member) => ({ node: member.node, name: `${name}.${member.name}` }))];
  const { parent } = node;
  const isNow = parent.type === 'NewExpression' && parent.callee === node && parent.arguments.length === 0;
  return isNow ? [...uses, { node: parent, name: `new ${name}()` }] : uses;
}

function membersOf(node) {
  const { parent } = node;
  if (parent.type === 'MemberExpression' && parent.object === node) {
    return [{ node: parent, name: parent.computed ? parent.property.value : parent.property.name }];
  }
  if (parent.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'ObjectPattern') {
    return parent.id.properties.map((property) => ({
      node: property,
      name: property.key?.name ?? property.key?.value,
    }));
  }
  return [];
}

function own(table, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
