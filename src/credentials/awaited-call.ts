/** Holds the process open while a caller waits for what is no refresh: Node ends a process that nothing holds, though somebody waits in it. */
import { scheduleHolding, type Clock } from '../base/clock.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';

/** The refresh under way comes first, and then the call itself: each takes so long at most. */
const PATIENCE_MS = 2 * FLIGHT_TIMEOUT_MS;

/** What the work gives. */
export async function awaitedCall<T>(clock: Clock, work: Promise<T>): Promise<T> {
  const release = scheduleHolding(clock, PATIENCE_MS, () => undefined);
  try {
    return await work;
  } finally {
    release();
  }
}
