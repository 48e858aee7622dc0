/** The one moving part of a credentials object: the current token set and the flight that is fetching the next. */
import type { Clock } from '../base/clock.js';
import { FirstUse } from '../base/first-use.js';
import { ownOptions } from '../base/option-record.js';
import type { RefreshError } from '../errors.js';
import { areFromTheFuture, jumpSince } from './clock-jump.js';
import type { RefreshReason } from './events.js';
import type { Flight } from './flight.js';
import { isRevoked, type Grant } from './grant.js';
import { heldFromStart, type HeldTokens } from './held-tokens.js';
import type { HoldOff } from './hold-off.js';
import type { RefreshPlan } from './refresh-plan.js';
import type * as Refreshing from './refreshing.js';
import { SelfSignedTokenSet } from './self-signed-token-set.js';
import type { TokenSet } from './token-set.js';
import { instantOf, remainingMs, stateOf, type TokenState } from './token-state.js';
import { afterSuccess, holdOffIn, isQuiet, noteJump, noteRefusal, Troubles } from './troubles.js';

/** What a cell starts with. */
export interface TokenCellParts {
  /** Where time is read. */
  readonly clock: Clock;
  /** The tokens held from the start, their lifetime unknown. */
  readonly tokens?: TokenSet | undefined;
  /** The refresh token behind them, shared with every cell that spends the same one. */
  readonly grant?: Grant | undefined;
}

/** How somebody waits for a flight. */
export interface FlightWait {
  /** Ends this wait, and not the flight. */
  readonly signal?: AbortSignal | undefined;
  /** Whether this is not somebody for whom a request is repeated. */
  readonly singleAttempt?: boolean | undefined;
}

/** On the fresh path the wall clock is compared once in this time, so that a suspend or a step is noticed soon. */
const WALL_CHECK_MS = 1_000;
// Whole numbers of 31 bits need no memory of their own in V8, as infinities would.
const NEVER_FRESH = -1;
const FRESH_FOR_WEEKS = 2 ** 31 - 1;

/** Whoever holds a fresh token needs nothing of it. */
const REFRESHING = new FirstUse(() => import('./refreshing.js'));

/** The cells that will refresh in the background as soon as they can. */
const starting = new WeakSet<TokenCell>();

/** Flights are numbered across all cells, since only their order counts. */
let launches = 0;

/** By this a copy that goes its own way is told from one that forgot to share. */
const forks = new WeakSet<TokenCell>();

/** Loads what the first refresh would load. */
export async function loadRefreshing(): Promise<void> {
  await REFRESHING.load();
}

/** Holds tokens, swaps whole sets, and sees to it that one flight serves all callers. */
export class TokenCell {
  /** Where time is read. */
  readonly clock: Clock;
  /** The refresh token behind the tokens, where there is one. */
  readonly grant: Grant | undefined;
  // Private fields, so that no print, JSON or clone of the cell shows a token.
  #held: HeldTokens | undefined;
  #authorization = '';
  #freshUntil = NEVER_FRESH;
  #flight: Flight | undefined;
  #isWaitedFor = false;
  #landed = 0;
  #troubles: Troubles | undefined;

  constructor(parts: TokenCellParts) {
    const { clock, grant, tokens } = ownOptions(parts, ['clock', 'grant', 'tokens']);
    this.clock = clock;
    this.grant = grant;
    if (tokens !== undefined) this.#hold(heldFromStart(tokens, clock));
  }

  /** A cell of its own with the same tokens and the same grant: for a copy that would mint its next token in another way. */
  fork(): TokenCell {
    const fork = new TokenCell({ clock: this.clock, grant: this.grant });
    if (this.#held !== undefined) fork.#hold(this.#held);
    forks.add(fork);
    return fork;
  }

  /** Whether it was made by {@link TokenCell.fork}. */
  get isFork(): boolean {
    return forks.has(this);
  }

  /** Whether {@link TokenCell.authorization} may be used without another look. This is all that a request with a fresh token pays. */
  get isFresh(): boolean {
    return this.clock.monotonic() < this.#freshUntil && !isRevoked(this.grant);
  }

  /**
   * Whether a caller has found no usable token, and waits for the flight that is still under way. Whoever comes meanwhile need not look again:
   * where thousands do, looking is what takes the longest.
   */
  get isWaitedFor(): boolean {
    return this.#isWaitedFor;
  }

  /** Whether the token was signed here at a time that is still to come, because the wall clock was set back since. */
  get isAhead(): boolean {
    const { tokens, life } = this.#held ?? {};
    return life !== undefined && tokens instanceof SelfSignedTokenSet && areFromTheFuture(life, instantOf(this.clock));
  }

  /** The header value for the current token. This reveals the secret. */
  get authorization(): string {
    return this.#authorization;
  }

  /** The tokens held, expired or not. */
  get tokens(): TokenSet | undefined {
    return this.#held?.tokens;
  }

  /** The state by both clocks. While it is fresh, the fast path is armed for the next second. */
  look(): TokenState {
    if (isRevoked(this.grant)) this.#release();
    if (this.#held === undefined) return 'invalid';
    const { life } = this.#held;
    if (life === undefined) return 'fresh';
    const now = instantOf(this.clock);
    const jump = jumpSince(this.#troubles?.jump, life, now, this.clock);
    if (jump !== undefined) noteJump(this.#troubled(), jump);
    const leftMs = remainingMs(life, now);
    const state = stateOf(this.isAhead ? Math.min(leftMs, life.windowMs) : leftMs, life.windowMs);
    const freshForMs = Math.min(WALL_CHECK_MS, leftMs - life.windowMs);
    this.#freshUntil = state === 'fresh' ? Math.floor(now.monotonic + freshForMs) : NEVER_FRESH;
    return state;
  }

  /** Waits for a token: joins the flight under way, or starts one unless a failure holds it off. */
  obtain(plan: () => RefreshPlan, signal?: AbortSignal): Promise<TokenSet> {
    if (this.#flight !== undefined) return this.#flight.wait(signal);
    const refreshing = REFRESHING.value;
    if (refreshing === undefined) return REFRESHING.use(() => this.obtain(plan, signal), signal);
    const holdOff = this.#holdOff();
    if (holdOff !== undefined) return Promise.reject(refreshing.heldOffError(holdOff, instantOf(this.clock)));
    return this.#launch(refreshing, plan, this.#held === undefined ? 'none' : 'expired').wait(signal);
  }

  /** Waits for the flight under way, where there is one, because no token is usable. */
  join(signal?: AbortSignal): Promise<TokenSet> | undefined {
    if (this.#flight === undefined) return undefined;
    this.#isWaitedFor = true;
    return this.#flight.wait(signal);
  }

  /** Asks the source whatever is held and whatever failed before; joins the flight under way. */
  force(plan: () => RefreshPlan, wait?: FlightWait): Promise<TokenSet> {
    const refreshing = REFRESHING.value;
    if (refreshing === undefined) return REFRESHING.use(() => this.force(plan, wait), wait?.signal);
    const flight = this.#flight ?? this.#launch(refreshing, plan, 'forced');
    return wait?.singleAttempt === true ? flight.follow(wait.signal) : flight.wait(wait?.signal);
  }

  /** Starts a flight that nobody waits for, unless one is under way or held off. Its failure is only told to observers. */
  refreshInBackground(plan: () => RefreshPlan): void {
    if (this.#flight !== undefined || this.#holdOff() !== undefined) return;
    if (isQuiet(this.#troubles, this.clock.monotonic())) return;
    const refreshing = REFRESHING.value;
    if (refreshing !== undefined) this.#launch(refreshing, plan, 'stale');
    else if (!starting.has(this)) this.#startWhenLoaded(plan);
  }

  /**
   * Drops the token if it is the rejected one; refuses while fresh tokens keep being rejected.
   * @param wasAccepted Whether the token is known to have worked before: then it is no sign that fresh ones are rejected.
   */
  drop(rejected: string, wasAccepted = false): boolean {
    if (this.#held === undefined || this.#held.tokens.accessToken.value !== rejected) return false;
    // That a token which is not valid yet is rejected says nothing against the next.
    const isNoSign = wasAccepted || this.isAhead;
    const token = { mintedAt: this.#held.since, wasAccepted: isNoSign };
    if (!noteRefusal(this.#troubled(), token, this.clock.monotonic())) return false;
    this.#release();
    return true;
  }

  /** Drops the token for good: until `refresh()` is called or the refresh token changes, callers get this error. */
  condemn(error: RefreshError): void {
    this.#release();
    launches += 1;
    this.#landed = launches;
    const generation = this.grant?.generation;
    this.#troubled().holdOff = Object.freeze({ failures: 1, error, until: Infinity, generation });
  }

  /** Where it cannot be loaded, whoever waits for a token next is told. */
  #startWhenLoaded(plan: () => RefreshPlan): void {
    starting.add(this);
    const start = (): void => {
      starting.delete(this);
      this.refreshInBackground(plan);
    };
    REFRESHING.load().then(start, () => starting.delete(this));
  }

  #launch(refreshing: typeof Refreshing, plan: () => RefreshPlan, reason: RefreshReason): Flight {
    launches += 1;
    const sequence = launches;
    const flight = refreshing.launch(plan, {
      clock: this.clock,
      reason,
      remainingMs: this.#remainingMs(),
      land: (tokens, self) => {
        // A newer flight has landed, or the cell was condemned.
        if (sequence < this.#landed) return false;
        this.#land(refreshing.heldFromFlight(tokens, self, this.clock), sequence);
        return true;
      },
    });
    this.#flight = flight;
    const leave = (): void => {
      if (this.#flight !== flight) return;
      this.#flight = undefined;
      this.#isWaitedFor = false;
    };
    flight.settled.then(leave, (error: unknown) => {
      leave();
      if (sequence > this.#landed) this.#failed(refreshing, error);
    });
    return flight;
  }

  #remainingMs(): number | undefined {
    const life = this.#held?.life;
    return life === undefined ? undefined : remainingMs(life, instantOf(this.clock));
  }

  #land(held: HeldTokens, sequence: number): void {
    this.#hold(held);
    this.#landed = sequence;
    this.#troubles = afterSuccess(this.#troubles);
  }

  #hold(held: HeldTokens): void {
    this.#held = held;
    this.#isWaitedFor = false;
    this.#authorization = held.tokens.accessToken.authorization;
    this.#freshUntil = held.life === undefined ? FRESH_FOR_WEEKS : NEVER_FRESH;
  }

  #release(): void {
    this.#held = undefined;
    this.#authorization = '';
    this.#freshUntil = NEVER_FRESH;
  }

  #holdOff(): HoldOff | undefined {
    return holdOffIn(this.#troubles, this.clock.monotonic(), this.grant?.generation);
  }

  #failed({ holdOffOf }: typeof Refreshing, error: unknown): void {
    const troubles = this.#troubled();
    const failed = { clock: this.clock, life: this.#held?.life, generation: this.grant?.generation };
    troubles.holdOff = holdOffOf(error, troubles.holdOff, failed);
  }

  #troubled(): Troubles {
    this.#troubles ??= new Troubles();
    return this.#troubles;
  }
}
