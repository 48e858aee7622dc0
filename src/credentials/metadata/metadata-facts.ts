/** What the metadata server says of the machine: each value is asked for once, and remembered where it was answered. */

/** Values by name, and what is being asked for now. */
export interface MetadataFacts {
  readonly known: Map<string, string>;
  readonly asking: Map<string, Promise<string>>;
}

/** The value, asked for where it is not known; callers at once share one question. A failure is not remembered. */
export async function learn(facts: MetadataFacts, name: string, ask: () => Promise<string>): Promise<string> {
  return facts.known.get(name) ?? (await (facts.asking.get(name) ?? start(facts, name, ask)));
}

function start({ known, asking }: MetadataFacts, name: string, ask: () => Promise<string>): Promise<string> {
  const answer = ask().then((value) => {
    known.set(name, value);
    return value;
  });
  asking.set(name, answer);
  const leave = (): void => {
    asking.delete(name);
  };
  answer.then(leave, leave);
  return answer;
}
