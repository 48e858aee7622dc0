/** Watches for how long the event loop is held at once by what this process does. */

/** A watch that runs. */
export interface LoopWatch {
  /** Ends it, and gives the longest time between two turns of the loop, in milliseconds. */
  stop(): number;
}

interface Turn {
  readonly at: number;
  readonly cpuMs: number;
}

const US_PER_MS = 1_000;

/** Starts a watch. It keeps the loop turning. */
export function watchLoop(): LoopWatch {
  let longestMs = 0;
  let last = turnNow();
  let next = setImmediate(turn);
  function turn(): void {
    const now = turnNow();
    // The time that other processes took is none of ours: on a busy machine it would be most of it.
    longestMs = Math.max(longestMs, Math.min(now.at - last.at, now.cpuMs - last.cpuMs));
    last = now;
    next = setImmediate(turn);
  }
  const stop = (): number => {
    clearImmediate(next);
    return longestMs;
  };
  return { stop };
}

function turnNow(): Turn {
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), cpuMs: (user + system) / US_PER_MS };
}
