/** Watches for how long the event loop is held at once, whoever holds it. */

/** A watch that runs. */
export interface LoopWatch {
  /** Ends it, and gives the longest time between two turns of the loop, in milliseconds. */
  stop(): number;
}

/** Starts a watch. It keeps the loop turning. */
export function watchLoop(): LoopWatch {
  let longestMs = 0;
  let turnedAt = performance.now();
  let next = setImmediate(turn);
  function turn(): void {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - turnedAt);
    turnedAt = now;
    next = setImmediate(turn);
  }
  const stop = (): number => {
    clearImmediate(next);
    return Math.max(longestMs, performance.now() - turnedAt);
  };
  return { stop };
}
