/** Every file says first what it is for. */

/** What typedoc may need after the sentences. */
const MODULE_TAG = /@(module|packageDocumentation)[\s*]*$/;

/** Reports a file whose first token is not a doc comment that ends in a period. */
export const moduleSentence = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      missing: 'A file opens with a doc comment that says in a sentence what it is for, and ends in a period.',
    },
  },
  create(context) {
    return {
      Program(node) {
        const { text } = context.sourceCode;
        const [comment] = context.sourceCode.getAllComments();
        const opens =
          comment?.type === 'Block' && comment.value.startsWith('*') && /^\s*$/.test(text.slice(0, comment.range[0]));
        if (!opens || !/\.[\s*]*$/.test(comment.value.replace(MODULE_TAG, '')))
          context.report({ node, loc: { line: 1, column: 0 }, messageId: 'missing' });
      },
    };
  },
};
