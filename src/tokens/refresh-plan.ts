/** How a flight gets its tokens: by the plan of the credentials that started it, under the eyes of observers. */
import type { Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { tellMint, traceRefresh, type MintEvent, type RefreshEvent, type RefreshReason } from './events.js';
import { Flight } from './flight.js';
import { asRefreshError } from './refresh-failure.js';
import { TokenSet } from './token-set.js';

/** What a flight needs to know of the credentials that start it. */
export interface RefreshPlan {
  /** The class of the credentials, for observers. */
  readonly kind: string;
  /** Who they are for, for observers. */
  readonly principal: string | undefined;
  /** Asks the source. */
  mint(flight: Flight): Promise<TokenSet>;
}

/** Why a flight is started, and what becomes of it. */
export interface Launch {
  /** Where time is read. */
  readonly clock: Clock;
  /** Why, for observers. */
  readonly reason: RefreshReason;
  /** The life that the held token still has, in milliseconds. */
  readonly remainingMs: number | undefined;
  /** Takes the tokens over; gives whether it did. What it throws is the failure of the flight. */
  readonly land: (tokens: TokenSet, flight: Flight) => boolean;
}

/** Starts a flight. The plan is made inside it: where that fails, the flight has failed, and not whoever started it. */
export function launch(planned: () => RefreshPlan, { clock, reason, remainingMs, land }: Launch): Flight {
  return new Flight(clock, (flight) => {
    const plan = planned();
    const { kind, principal } = plan;
    const event = (): RefreshEvent => ({ kind, principal, reason, remainingMs });
    return traceRefresh(event, clock, () => mintWith(plan, flight, land));
  });
}

async function mintWith(plan: RefreshPlan, flight: Flight, land: Launch['land']): Promise<TokenSet> {
  try {
    const tokens: unknown = await plan.mint(flight);
    if (!(tokens instanceof TokenSet)) throw noTokenSet(plan.kind);
    if (land(tokens, flight)) tellMint(() => mintEvent(plan, tokens, flight));
    return tokens;
  } catch (error) {
    throw asRefreshError(error);
  }
}

function noTokenSet(kind: string): RefreshError {
  return new RefreshError('source_failed', `fetchToken() of ${kind} must give a TokenSet.`);
}

function mintEvent({ kind, principal }: RefreshPlan, tokens: TokenSet, { startedAt }: Flight): MintEvent {
  const { accessToken, expiryAssumed } = tokens;
  const { expiresAt } = accessToken;
  const lifetimeMs = expiresAt === undefined ? undefined : expiresAt - startedAt.wall;
  return { kind, principal, lifetimeMs, expiryAssumed };
}
