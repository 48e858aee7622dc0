/** Finds the examples of a Markdown page. The convention is described in CONTRIBUTING.md. */

/** One code block. */
export interface Example {
  /** Where it stands, for people: `README.md:12`. */
  readonly title: string;
  /** Its language: the word after the fence, empty where there is none. */
  readonly language: string;
  /** Its text. */
  readonly code: string;
  /** The line of the page on which its text begins, counted from 0. */
  readonly line: number;
  /** The fixtures that it needs. */
  readonly needs: readonly string[];
  /** Why it is compiled and not run; `undefined` where it is run. */
  readonly compiledOnly: string | undefined;
}

const FENCE = /^ *(?<fence>`{3,})(?<language>[a-z]*) *$/;
const DIRECTIVE = /^<!-- example: (?:needs (?<needs>[a-z, -]+)|compiled only, because (?<reason>.+)) -->$/;
const ANY_DIRECTIVE = /<!--\s*example/;

/** The code blocks of a page, each with the directives that stand directly above it. */
export function examplesOf(page: string, markdown: string): Example[] {
  const lines = markdown.split('\n');
  const examples: Example[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = FENCE.exec(lines[at]!)?.groups;
    if (opening === undefined) continue;
    const end = lines.findIndex((line, i) => i > at && line.trim() === opening['fence']);
    if (end < 0) throw new Error(`${page}:${at + 1} opens a code block that nothing closes.`);
    const indent = /^ */.exec(lines[at]!)![0].length;
    const code = lines.slice(at + 1, end).map((line) => line.slice(indent));
    const directives = directivesAbove(page, lines, at);
    examples.push({
      title: `${page}:${at + 1}`,
      language: opening['language']!,
      code: code.join('\n'),
      line: at + 1,
      ...directives,
    });
    at = end;
  }
  return examples;
}

function directivesAbove(
  page: string,
  lines: readonly string[],
  fence: number,
): Pick<Example, 'needs' | 'compiledOnly'> {
  const needs: string[] = [];
  let compiledOnly: string | undefined;
  for (let at = fence - 1; at >= 0; at--) {
    const line = lines[at]!.trim();
    if (line !== '' && !ANY_DIRECTIVE.test(line)) break;
    const found = DIRECTIVE.exec(line)?.groups;
    if (line !== '' && found === undefined)
      throw new Error(`${page}:${at + 1} holds a directive that nobody knows: ${line}`);
    if (found?.['needs'] !== undefined) needs.push(...found['needs'].split(',').map((name) => name.trim()));
    compiledOnly = found?.['reason'] ?? compiledOnly;
  }
  return { needs, compiledOnly };
}
