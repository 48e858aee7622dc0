/** Holds the process open while a caller waits for what is no refresh: Node ends a process that nothing holds, though somebody waits in it. */
import { systemClock } from '../base/clock.js';
import { scheduleHolding } from '../base/schedule.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';

/** The refresh under way comes first, and then the call itself: each takes so long at most. */
const PATIENCE_MS = 2 * FLIGHT_TIMEOUT_MS;

/**
 * What the work gives. Its deadline is its own affair, by whichever clock; what holds the process is a timer of the machine.
 * @param patienceMs For how long to hold the process at most, in milliseconds: longer than the work can take.
 */
export async function awaitedCall<T>(work: Promise<T>, patienceMs: number = PATIENCE_MS): Promise<T> {
  const release = scheduleHolding(systemClock, patienceMs, () => undefined);
  try {
    return await work;
  } finally {
    release();
  }
}
