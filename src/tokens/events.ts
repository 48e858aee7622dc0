/**
 * What the library tells observers, on `node:diagnostics_channel`: never a secret, and at no cost while nobody listens.
 * `credence:refresh` is a tracing channel around every flight, `credence:mint` a plain one for each token obtained, and
 * `credence:notice` a plain one for what an operator should know.
 */

import type { TracingChannel } from 'node:diagnostics_channel';
import { classNameOf, codeOfThrown, isError } from '../base/thrown.js';
import { diagnostics, publish } from './channels.js';

/** Why a token is being fetched: none held, the held one expired or stale, or `refresh()` was called. */
export type RefreshReason = 'none' | 'expired' | 'stale' | 'forced';

/** The context of the tracing channel `credence:refresh`. Fields without a value yet are filled in as the flight ends. */
export interface RefreshEvent {
  /** The kind of credentials: its class's name. */
  readonly kind: string;
  /** Who the credentials are for, where it is known. */
  readonly principal: string | undefined;
  /** Why it refreshes. */
  readonly reason: RefreshReason;
  /** Life that the token held before still had, in milliseconds. */
  readonly remainingMs: number | undefined;
  /** How it ended. */
  outcome?: 'minted' | 'failed';
  /** How long it took, in milliseconds. */
  durationMs?: number;
  /** The error's code, where it failed. */
  code?: string | undefined;
}

/** A message on `credence:mint`: a token was obtained. */
export interface MintEvent {
  /** The kind of credentials: its class's name. */
  readonly kind: string;
  /** Who the credentials are for, where it is known. */
  readonly principal: string | undefined;
  /** The life of the new token, in milliseconds; `undefined` where it never ends. */
  readonly lifetimeMs: number | undefined;
  /** Whether the server gave no lifetime, so that five minutes were assumed. */
  readonly expiryAssumed: boolean;
}

/** A message on `credence:notice`: something that an operator should know and no caller was told. */
export interface NoticeEvent {
  /** What happened. */
  readonly name:
    | 'clock_jump'
    | 'clock_skew'
    | 'file_unusable'
    | 'hook_failed'
    | 'issuer_held_off'
    | 'lifetime_suspect'
    | 'refresh_exhausted'
    | 'refresh_recovered'
    | 'rejections_held_off'
    | 'save_failed'
    | 'saved'
    | 'scopes_not_granted';
  /** One sentence for a person. */
  readonly message: string;
  /** The error's code or name, where there was an error. */
  readonly code?: string | undefined;
}

let refreshes: TracingChannel<RefreshEvent> | undefined;

/** Traces one flight on `credence:refresh`; `describe` is called only where somebody listens. */
export function traceRefresh<T>(
  describe: () => RefreshEvent,
  clock: { monotonic(): number },
  run: () => Promise<T>,
): Promise<T> {
  refreshes ??= diagnostics().tracingChannel<RefreshEvent>('credence:refresh');
  if (!isHeard(refreshes)) return run();
  const event = describe();
  const startedAt = clock.monotonic();
  const settle = (outcome: 'minted' | 'failed', code?: string): void => {
    Object.assign(event, { outcome, durationMs: clock.monotonic() - startedAt, code });
  };
  const channel = refreshes;
  return new Promise((resolve, reject) => {
    // Observers are handed what the traced promise gives, as `result`: it gives nothing, and the tokens go past it.
    let deliver = (): void => undefined;
    const observed = async (): Promise<void> => {
      try {
        const value = await run();
        deliver = () => {
          resolve(value);
        };
        settle('minted');
      } catch (error) {
        settle('failed', codeOf(error));
        throw error;
      }
    };
    channel.tracePromise(observed, event).then(() => {
      deliver();
    }, reject);
  });
}

/** Some runtimes do not sum it up themselves. */
function isHeard({ start, end, asyncStart, asyncEnd, error }: TracingChannel<RefreshEvent>): boolean {
  return (
    start.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers
  );
}

/** Tells `credence:mint` that a token was obtained; `describe` is called only where somebody listens. */
export function tellMint(describe: () => MintEvent): void {
  publish('credence:mint', describe);
}

/** Tells `credence:notice` what an operator should know. */
export function tell(name: NoticeEvent['name'], message: string, error?: unknown): void {
  publish('credence:notice', () => ({ name, message, code: codeOf(error) }));
}

/** The code or name of whatever was thrown; its message might hold a secret. */
export function codeOf(error: unknown): string | undefined {
  return isError(error) ? (codeOfThrown(error) ?? classNameOf(error)) : undefined;
}
