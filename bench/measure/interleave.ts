/** Times several candidates in turns of a few milliseconds, so that whatever disturbs the machine disturbs all of them. */

/** Something to be timed. Each has a loop of its own: in a shared one the candidates would spoil each other's inlining. */
export interface Candidate {
  /** Makes what the calls use up; not timed. */
  prepare?(calls: number): void;
  /** Does the calls, one after the other. */
  run(calls: number): void | Promise<void>;
}

/** Calls that take so long that a shared loop does not matter, one after the other. */
export function oneByOne(call: () => Promise<unknown>): Candidate {
  return {
    async run(calls) {
      for (let done = 0; done < calls; done += 1) await call();
    },
  };
}

/** How often. */
export interface Turns {
  readonly rounds: number;
  readonly calls: number;
  /**
   * Rounds that do not count, until the JIT has done its work.
   * @default 5
   */
  readonly warmUpRounds?: number;
}

/** Nanoseconds per call, by candidate and round. */
export type Timings<Name extends string> = Record<Name, number[]>;

const WARM_UP_ROUNDS = 5;

/** Times the candidates, each round beginning with another one. */
export async function interleave<Name extends string>(
  candidates: Record<Name, Candidate>,
  turns: Turns,
): Promise<Timings<Name>> {
  const names = Object.keys(candidates) as Name[];
  const timings = Object.fromEntries(names.map((name) => [name, []])) as unknown as Timings<Name>;
  const { warmUpRounds = WARM_UP_ROUNDS } = turns;
  for (let round = -warmUpRounds; round < turns.rounds; round += 1) {
    const first = (round + warmUpRounds) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const ns = await time(candidates[name], turns.calls);
      if (round >= 0) timings[name].push(ns);
    }
  }
  return timings;
}

async function time(candidate: Candidate, calls: number): Promise<number> {
  candidate.prepare?.(calls);
  const startedAt = performance.now();
  const running = candidate.run(calls);
  if (running !== undefined) await running;
  return ((performance.now() - startedAt) * 1e6) / calls;
}
