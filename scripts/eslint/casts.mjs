/** Where the compiler may be overruled by `as`, and why there. */
import { fileOf } from './imports.mjs';

/** File → why a cast is right in it. */
export const CAST_REASONS = {
  'src/base/bare-record.ts': 'A constructor function is the only way to instances without a prototype that stay fast.',
  'src/base/json.ts': 'The guards that turn parsed JSON into types.',
  'src/base/option-record.ts': 'It fills a record key by key, which the compiler cannot follow.',
};

/** Reports `as`, but for `as const`, for `as this` in the `copy` of a kind, and for the files of the table. */
export const casts = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      cast: 'Casts stand in JSON guards, in the `copy` of a kind (`as this`), and where scripts/eslint/casts.mjs gives a reason.',
    },
  },
  create(context) {
    if (Object.hasOwn(CAST_REASONS, fileOf(context))) return {};
    return {
      'TSAsExpression, TSTypeAssertion': (node) => {
        if (!isConst(node) && !isCopy(node)) context.report({ node, messageId: 'cast' });
      },
    };
  },
};

function isConst({ typeAnnotation }) {
  return typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.name === 'const';
}

function isCopy(node) {
  if (node.typeAnnotation.type !== 'TSThisType') return false;
  let at = node.parent;
  while (at !== null && at.type !== 'MethodDefinition') at = at.parent;
  return at?.key.name === 'copy';
}
