/** What credentials are made with, whatever they are made of. */
import type { Clock } from '../../base/clock.js';
import type { RequestLike } from '../../transport/transport.js';

/** What the options of a token server say besides the source. */
export interface SourceContext {
  /** Where time is read. */
  readonly clock: Clock;
  /** How to send token requests. */
  readonly request: RequestLike | undefined;
  /** The scopes of the options, checked. */
  readonly scopes: readonly string[] | undefined;
}

/** What Goth asks for where nobody says what to ask for. */
export const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform';

/** The part of it that every kind takes. */
export function settingsOf({ clock, request }: SourceContext): {
  readonly clock: Clock;
  readonly transport: RequestLike | undefined;
} {
  return { clock, transport: request };
}

/**
 * Refuses scopes that nobody would ask for.
 * @param reason Why, and where they belong.
 * @throws TypeError where there are any.
 */
export function refuseScopes(scopes: unknown, reason: string): void {
  if (scopes !== undefined) throw new TypeError(`"scopes" must be left out ${reason}`);
}
