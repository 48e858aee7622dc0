/** Weighs what calls allocate and what objects hold; needs `--expose-gc` and a young generation in which all of it fits. */
import type { Candidate } from './interleave.js';
import { median } from './statistics.js';

const TRIES = 7;

/** Bytes allocated by one call. */
export async function bytesPerCall(candidate: Candidate, calls: number): Promise<number> {
  const tries: number[] = [];
  for (let time = 0; time < TRIES; time += 1) {
    candidate.prepare?.(calls);
    gc?.();
    const before = process.memoryUsage().heapUsed;
    await candidate.run(calls);
    tries.push((process.memoryUsage().heapUsed - before) / calls);
  }
  return median(tries);
}

/** The heap in use once everything unreachable is gone. */
export function heapHeld(): number {
  gc?.();
  gc?.();
  return process.memoryUsage().heapUsed;
}
