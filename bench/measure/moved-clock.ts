/** A clock that can be moved ahead: hours pass at once, and everything else takes the time that it takes. */
import { systemClock, type Cancel, type Clock } from 'credence';

/** The machine's clock, and how far it was moved ahead. */
export interface MovedClock extends Clock {
  /** How many timers are set. */
  readonly timers: number;
  /** Lets time pass at once: whatever timers were set run now, as they do after the machine has slept. */
  moveAhead(ms: number): void;
}

interface Timer {
  readonly cancel: Cancel;
  readonly run: () => void;
}

/** Makes such a clock. */
export function movedClock(): MovedClock {
  let aheadMs = 0;
  const timers = new Set<Timer>();
  const schedule = (delayMs: number, run: () => void): Cancel => {
    const ring = (): void => {
      timers.delete(timer);
      run();
    };
    const timer = { cancel: systemClock.schedule(delayMs, ring), run: ring };
    timers.add(timer);
    return () => {
      timers.delete(timer);
      timer.cancel();
    };
  };
  return {
    now: () => systemClock.now() + aheadMs,
    monotonic: () => systemClock.monotonic() + aheadMs,
    schedule,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    get timers() {
      return timers.size;
    },
    moveAhead: (ms) => {
      aheadMs += ms;
      for (const timer of [...timers]) {
        timer.cancel();
        timer.run();
      }
    },
  };
}
