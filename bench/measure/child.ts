/** Runs one case of the benchmark in a process of its own, so that nothing it compiles or loads colours the next. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CASES = new URL('../cases/', import.meta.url);
/** Room for what one round allocates, so that no collection falls into a measurement of bytes. */
const FLAGS = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];

/** How a case is run. */
export interface ChildOptions {
  /**
   * Flags for Node.
   * @default those of the microbenchmarks
   */
  readonly flags?: readonly string[];
  /**
   * The program to run instead.
   * @default the case's own
   */
  readonly program?: string;
  /**
   * Its environment.
   * @default that of this process
   */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs `cases/<name>.js` with the input as its only argument, and gives the JSON that it printed. */
export async function inChild<T>(name: string, input: unknown, options: ChildOptions = {}): Promise<T> {
  const file = options.program ?? fileURLToPath(new URL(`${name}.js`, CASES));
  const { flags = FLAGS, env = process.env } = options;
  const { stdout } = await run(process.execPath, [...flags, file, JSON.stringify(input)], { env });
  return JSON.parse(stdout) as T;
}

/** Runs a case several times, one after the other. */
export async function inChildren<T>(times: number, name: string, input: unknown, options?: ChildOptions): Promise<T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time += 1) results.push(await inChild<T>(name, input, options));
  return results;
}

/** What the parent gave to this case. */
export function inputOf<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}

/** Hands the result of this case to the parent. Kept connections must not hold the process. */
export function report(result: unknown): void {
  process.stdout.write(JSON.stringify(result), () => process.exit());
}
