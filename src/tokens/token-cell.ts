/** The one moving part of a credentials object: the current token set and the flight that is fetching the next. */
import { randomOf, type Clock } from '../base/clock.js';
import { RefreshError } from '../errors.js';
import { tell, tellMint, traceRefresh, type RefreshEvent, type RefreshReason } from './events.js';
import { Flight, type FlightView } from './flight.js';
import type { Grant } from './grant.js';
import { heldOffError, holdOffAfter, type HoldOff } from './hold-off.js';
import { asRefreshError } from './refresh-failure.js';
import { afterRejection, type Rejections } from './rejections.js';
import { TokenSet } from './token-set.js';
import {
  clockSkewMs,
  instantOf,
  lifespanFrom,
  remainingMs,
  stateOf,
  type Instant,
  type Lifespan,
  type TokenState,
} from './token-state.js';

/** What a flight needs to know of the credentials that start it. */
export interface RefreshPlan {
  /** The class of the credentials, for observers. */
  readonly kind: string;
  /** Who they are for, for observers. */
  readonly principal: string | undefined;
  /** Asks the source. */
  mint(flight: FlightView): Promise<TokenSet>;
}

/** What a cell starts with. */
export interface TokenCellParts {
  /** Where time is read. */
  readonly clock: Clock;
  /** The tokens held from the start, their lifetime unknown. */
  readonly tokens?: TokenSet | undefined;
  /** The refresh token behind them, shared with every cell that spends the same one. */
  readonly grant?: Grant | undefined;
}

/** A disagreement of the clocks that was noticed; until it is over no background refresh starts. */
interface ClockJump {
  readonly skewMs: number;
  readonly quietUntil: number;
}

/** On the fresh path the wall clock is compared once in this time, so that a suspend or a step is noticed soon. */
const WALL_CHECK_MS = 1_000;
/** The clocks drift apart by less than this in any token's life; more is a step, or sleep. */
const CLOCK_JUMP_MS = 30_000;
/** A whole fleet wakes at once: its refreshes are spread over this time. */
const WAKE_JITTER_MS = 5_000;
/** An answer whose token is already expired is not asked for again sooner. */
const EXPIRED_ANSWER_PAUSE_MS = 1_000;

/** Holds tokens, swaps whole sets, and sees to it that one flight serves all callers. */
export class TokenCell {
  /** Where time is read. */
  readonly clock: Clock;
  /** The refresh token behind the tokens, where there is one. */
  readonly grant: Grant | undefined;
  /** Until this monotonic instant {@link TokenCell.authorization} may be used without another look. */
  freshUntil: number = -Infinity;
  // A private field, so that no print, JSON or clone of the cell shows it.
  #authorization = '';
  #tokens: TokenSet | undefined;
  #life: Lifespan | undefined;
  #heldSince = 0;
  #flight: Flight | undefined;
  #launched = 0;
  #landed = 0;
  #holdOff: HoldOff | undefined;
  #jump: ClockJump | undefined;
  #rejections: Rejections | undefined;

  constructor(parts: TokenCellParts) {
    this.clock = parts.clock;
    this.grant = parts.grant;
    if (parts.tokens !== undefined) this.#hold(parts.tokens, instantOf(parts.clock), false);
  }

  /** A cell of its own with the same tokens and the same grant: for a copy that would mint its next token in another way. */
  fork(): TokenCell {
    const fork = new TokenCell({ clock: this.clock, grant: this.grant });
    fork.#tokens = this.#tokens;
    fork.#life = this.#life;
    fork.#heldSince = this.#heldSince;
    fork.#authorization = this.#authorization;
    fork.freshUntil = this.#tokens !== undefined && this.#life === undefined ? Infinity : -Infinity;
    return fork;
  }

  /** The header value for the current token. This reveals the secret. */
  get authorization(): string {
    return this.#authorization;
  }

  /** The tokens held, expired or not. */
  get tokens(): TokenSet | undefined {
    return this.#tokens;
  }

  /** The state by both clocks. While it is fresh, the fast path is armed for the next second. */
  look(): TokenState {
    if (this.grant?.revoked === true) this.#release();
    if (this.#tokens === undefined) return 'invalid';
    const life = this.#life;
    if (life === undefined) return 'fresh';
    const now = instantOf(this.clock);
    this.#noticeJump(life, now);
    const leftMs = remainingMs(life, now);
    const state = stateOf(leftMs, life.windowMs);
    this.freshUntil = state === 'fresh' ? now.monotonic + Math.min(WALL_CHECK_MS, leftMs - life.windowMs) : -Infinity;
    return state;
  }

  /** Waits for a token: joins the flight under way, or starts one unless a failure holds it off. */
  obtain(plan: () => RefreshPlan, signal?: AbortSignal): Promise<TokenSet> {
    if (this.#flight !== undefined) return this.#flight.wait(signal);
    const holdOff = this.#activeHoldOff();
    if (holdOff !== undefined) return Promise.reject(heldOffError(holdOff, instantOf(this.clock)));
    return this.#launch(plan(), this.#tokens === undefined ? 'none' : 'expired').wait(signal);
  }

  /** Waits for the flight under way, where there is one. */
  join(signal?: AbortSignal): Promise<TokenSet> | undefined {
    return this.#flight?.wait(signal);
  }

  /**
   * Asks the source whatever is held and whatever failed before; joins the flight under way.
   * @param options `singleAttempt`: this caller is not one for whom a request is repeated.
   */
  force(
    plan: () => RefreshPlan,
    options: { readonly signal?: AbortSignal | undefined; readonly singleAttempt?: boolean | undefined } = {},
  ): Promise<TokenSet> {
    const flight = this.#flight ?? this.#launch(plan(), 'forced');
    return options.singleAttempt === true ? flight.follow(options.signal) : flight.wait(options.signal);
  }

  /** Starts a flight that nobody waits for, unless one is under way or held off. Its failure is only told to observers. */
  refreshInBackground(plan: () => RefreshPlan): void {
    if (this.#flight !== undefined || this.#activeHoldOff() !== undefined) return;
    if (this.#jump !== undefined && this.clock.monotonic() < this.#jump.quietUntil) return;
    this.#launch(plan(), 'stale');
  }

  /** Drops the token if it is the rejected one; refuses while fresh tokens keep being rejected. */
  drop(rejected: string): boolean {
    if (this.#tokens?.accessToken.value !== rejected) return false;
    const now = this.clock.monotonic();
    if (this.#rejections !== undefined && now < this.#rejections.until) return false;
    this.#rejections = afterRejection(this.#rejections, this.#heldSince, now);
    if (this.#rejections.until > now)
      tell('rejections_held_off', 'An API keeps refusing fresh tokens: no new one is forced for a while.');
    this.#release();
    return true;
  }

  /** Drops the token for good: until `refresh()` is called or the refresh token changes, callers get this error. */
  condemn(error: RefreshError): void {
    this.#release();
    this.#landed = ++this.#launched;
    this.#noteFailure(error);
  }

  #launch(plan: RefreshPlan, reason: RefreshReason): Flight {
    const sequence = ++this.#launched;
    const leftMs = this.#leftMs();
    const event = (): RefreshEvent => ({ kind: plan.kind, principal: plan.principal, reason, remainingMs: leftMs });
    const flight = new Flight(this.clock, (self) =>
      traceRefresh(event, this.clock, async () => this.#land(await mintWith(plan, self), self, sequence, plan)),
    );
    this.#flight = flight;
    const leave = (): void => {
      if (this.#flight === flight) this.#flight = undefined;
    };
    flight.settled.then(leave, (error: unknown) => {
      leave();
      if (sequence > this.#landed) this.#noteFailure(asRefreshError(error));
    });
    return flight;
  }

  #leftMs(): number | undefined {
    return this.#life === undefined ? undefined : remainingMs(this.#life, instantOf(this.clock));
  }

  /** Takes over what a flight brought, even late, unless a newer flight has landed. */
  #land(tokens: TokenSet, flight: Flight, sequence: number, plan: RefreshPlan): TokenSet {
    if (sequence < this.#landed) return tokens;
    const { expiresAt } = tokens.accessToken;
    const life = expiresAt === undefined ? undefined : lifespanFrom(flight.startedAt, expiresAt, undefined);
    if (life !== undefined && remainingMs(life, instantOf(this.clock)) <= 0) throw this.#alreadyExpired();
    this.#landed = sequence;
    this.#holdOff = undefined;
    this.#hold(tokens, flight.startedAt, true);
    const lifetimeMs = expiresAt === undefined ? undefined : expiresAt - flight.startedAt.wall;
    tellMint({ kind: plan.kind, principal: plan.principal, lifetimeMs, expiryAssumed: tokens.expiryAssumed });
    return tokens;
  }

  #hold(tokens: TokenSet, start: Instant, lifetimeKnown: boolean): void {
    const { expiresAt, authorization } = tokens.accessToken;
    this.#tokens = tokens;
    this.#authorization = authorization;
    this.#life =
      expiresAt === undefined
        ? undefined
        : lifespanFrom(start, expiresAt, lifetimeKnown ? expiresAt - start.wall : undefined, instantOf(this.clock));
    this.#heldSince = Math.floor(start.monotonic);
    this.#jump = undefined;
    this.freshUntil = this.#life === undefined ? Infinity : -Infinity;
  }

  #release(): void {
    this.#tokens = undefined;
    this.#life = undefined;
    this.#authorization = '';
    this.freshUntil = -Infinity;
  }

  #activeHoldOff(): HoldOff | undefined {
    const holdOff = this.#holdOff;
    if (holdOff === undefined || this.clock.monotonic() >= holdOff.until) return undefined;
    return holdOff.generation === this.grant?.generation ? holdOff : undefined;
  }

  #noteFailure(error: RefreshError): void {
    const now = instantOf(this.clock);
    const leftMs = this.#life === undefined ? 0 : remainingMs(this.#life, now);
    const retryAfterMs = error.nextAttemptAt === undefined ? undefined : error.nextAttemptAt - now.wall;
    this.#holdOff = holdOffAfter(error, this.#holdOff, {
      now: now.monotonic,
      remainingMs: leftMs,
      random: randomOf(this.clock),
      generation: this.grant?.generation,
      retryAfterMs,
    });
  }

  /** Each jump is told and jittered once: afterwards the clocks count as agreeing at their new distance. */
  #noticeJump(life: Lifespan, now: Instant): void {
    const skewMs = clockSkewMs(life, now);
    if (Math.abs(skewMs - (this.#jump?.skewMs ?? 0)) <= CLOCK_JUMP_MS) return;
    const leftMs = Math.max(0, remainingMs(life, now));
    const quietMs = randomOf(this.clock) * Math.min(WAKE_JITTER_MS, leftMs / 4);
    this.#jump = Object.freeze({ skewMs, quietUntil: now.monotonic + quietMs });
    tell(
      'clock_jump',
      `The wall clock and the monotonic clock came to differ by ${String(Math.round(skewMs / 1000))} s: sleep, or a clock step.`,
    );
  }

  #alreadyExpired(): RefreshError {
    return new RefreshError(
      'token_already_expired',
      'The token source answered with a token that has already expired. Check both clocks.',
      {
        retryable: true,
        nextAttemptAt: this.clock.now() + EXPIRED_ANSWER_PAUSE_MS,
      },
    );
  }
}

async function mintWith(plan: RefreshPlan, flight: FlightView): Promise<TokenSet> {
  try {
    const tokens: unknown = await plan.mint(flight);
    if (tokens instanceof TokenSet) return tokens;
    throw new RefreshError('source_failed', `fetchToken() of ${plan.kind} must give a TokenSet.`);
  } catch (error) {
    throw asRefreshError(error);
  }
}
