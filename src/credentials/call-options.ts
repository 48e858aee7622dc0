/** The options of one call. */
import { judgedOptions } from '../base/option-record.js';
import { ofType, optional } from '../base/option-rules.js';

/** Options of one call. */
export interface CallOptions {
  /** Ends this caller's wait with its own reason; what is shared with other callers goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a refresh. */
export interface RefreshOptions extends CallOptions {
  /**
   * Whether a token request is sent once at most, for callers with a schedule of their own; it is repeated where somebody else
   * waits for the same refresh.
   * @default false
   */
  readonly singleAttempt?: boolean | undefined;
}

/**
 * The caller's own options of a refresh, and nothing that they inherit.
 * @throws TypeError where `singleAttempt` is neither left out nor a boolean.
 */
export function refreshOptions(options: RefreshOptions | undefined): Readonly<RefreshOptions> | undefined {
  if (options === undefined) return undefined;
  return judgedOptions<RefreshOptions>(options, {
    // Whoever waits judges it, by liveSignal().
    signal: (signal) => signal,
    singleAttempt: optional(ofType('boolean')),
  });
}

/** What is known of a token that was rejected. */
export interface InvalidateOptions {
  /**
   * Whether the token had been accepted before it was rejected: it ended early, and a new one will do. Without it, three tokens in a
   * row that are rejected soon after they were minted count as a sign that new ones are of no use.
   * @default false
   */
  readonly wasAccepted?: boolean | undefined;
}

/** @throws TypeError where it is neither left out nor a boolean. */
export function wasAcceptedIn(options: InvalidateOptions | undefined): boolean {
  const rules = { wasAccepted: optional(ofType('boolean')) };
  return judgedOptions<InvalidateOptions>(options ?? {}, rules).wasAccepted === true;
}
