/** What a cell needs once it refreshes. It is loaded with the first refresh: whoever holds a fresh token needs none of it. */
import { randomOf, type Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { holdOffAfter, type HoldOff } from './hold-off.js';
import { instantOf, remainingMs, type Lifespan } from './token-state.js';

export { heldOffError } from './hold-off.js';
export { heldFromFlight } from './landed-tokens.js';
export { launch } from './refresh-plan.js';

/** The cell whose refresh has failed. */
export interface FailedCell {
  /** Where time is read. */
  readonly clock: Clock;
  /** The life of the token that it still holds. */
  readonly life: Lifespan | undefined;
  /** The generation of its grant. */
  readonly generation: number | undefined;
}

/** The hold-off that follows whatever a flight has failed with. */
export function holdOffOf(error: unknown, previous: HoldOff | undefined, cell: FailedCell): HoldOff {
  const { clock, life, generation } = cell;
  const now = instantOf(clock);
  const failure = error instanceof RefreshError ? error : notBegun();
  return holdOffAfter(failure, previous, {
    now: now.monotonic,
    remainingMs: life === undefined ? 0 : remainingMs(life, now),
    random: randomOf(clock),
    generation,
    retryAfterMs: failure.nextAttemptAt === undefined ? undefined : failure.nextAttemptAt - now.wall,
  });
}

/** Where the plan itself failed whoever waited has been given what it threw. */
function notBegun(): RefreshError {
  return new RefreshError('source_failed', 'The refresh could not be begun. The next one may.', { retryable: true });
}
