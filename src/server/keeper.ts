/** Keeps the token of one name fresh: what is held, what is under way, and when what comes next. */
import { randomOf } from '../base/clock.js';
import type { Credentials } from '../credentials/credentials.js';
import { RefreshError } from '../errors.js';
import type { AccessToken } from '../tokens/access-token.js';
import type { HoldOff } from '../tokens/hold-off.js';
import { asRefreshError } from '../tokens/refresh-failure.js';
import type { Entrant, IssuerGate } from './issuer-gate.js';
import { sharedFailure } from './failure-scope.js';
import { issuerKeyOf } from './issuer-key.js';
import type { KeeperParts } from './keeper-parts.js';
import { Landing, type WaitOptions } from './landing.js';
import { refusal } from './refusal.js';
import { afterFailure, type RetryState } from './retry-state.js';
import { refreshDelayMs, type TokenLife } from './schedule.js';
import { ServedToken } from './served-token.js';
import {
  EventListeners,
  reportFailure,
  reportRecovery,
  type TokenServerEvents,
  type TokenServerListener,
} from './server-events.js';
import type { TokenServerState } from './server-state.js';

/** Before everybody who fell due: a caller is waiting. */
const FIRST = -1;

/** Keeps one token. */
export class Keeper implements Entrant {
  rank = 0;
  place = -1;
  readonly #parts: KeeperParts;
  readonly #served = new ServedToken();
  #credentials: Credentials | undefined;
  #life: TokenLife | undefined;
  #retries: RetryState | undefined;
  #attempt: Promise<void> | undefined;
  #isAwaited = false;
  #landing: Landing | undefined;
  #gate: IssuerGate | undefined;
  #listeners: EventListeners | undefined;
  #isRetired = false;
  #isStopped = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#credentials = parts.credentials;
  }

  /** The credentials that are kept warm, once they are known. */
  get credentials(): Credentials | undefined {
    return this.#credentials;
  }

  /** How things stand. */
  get state(): TokenServerState {
    return Object.freeze({
      tokenState: this.#credentials?.tokenState ?? 'invalid',
      refreshing: this.#attempt !== undefined,
      lastError: this.#retries?.holdOff.error,
      retries: this.#retries?.retries ?? 0,
      nextRefreshAt: this.#nextRefreshAt(),
    });
  }

  /** Begins: with the token that the credentials hold, where it is fresh, else by asking for one. */
  start(): void {
    const { scheduler, time } = this.#parts.dispatcher;
    if (this.#credentials?.valid === true && this.#held() !== undefined) return;
    scheduler.plan(this, time.now());
  }

  /** Adds a listener, and gives what removes it. */
  on<E extends keyof TokenServerEvents>(event: E, listener: TokenServerListener<E>): () => void {
    this.#listeners ??= new EventListeners();
    return this.#listeners.add(event, listener);
  }

  /** The token that is held, where it is usable: the same promise for everybody. */
  held(): Promise<AccessToken> | undefined {
    return this.#isStopped ? undefined : this.#held();
  }

  /** Waits for a token, unless failures forbid to ask for one. */
  obtain(wait: WaitOptions): Promise<AccessToken> {
    const { dispatcher } = this.#parts;
    const refused = this.#isStopped ? stopped() : this.#refusal(dispatcher.gate(this.#issuer())?.holdOff);
    if (refused !== undefined) return Promise.reject(refused);
    return this.#urge(false).wait(dispatcher.clock, wait);
  }

  /** Asks for a new token, whatever is held and whatever failed before; joins an attempt under way. */
  refresh(wait: WaitOptions): Promise<AccessToken> {
    if (this.#isStopped) return Promise.reject(stopped());
    return this.#urge(true).wait(this.#parts.dispatcher.clock, wait);
  }

  /** Ends it; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#parts.dispatcher.scheduler.drop(this);
    this.#gate?.withdraw(this);
    if (this.#attempt === undefined && this.#landing !== undefined) this.#land(stopped());
    await this.#attempt;
  }

  /** Ends it once nobody waits for it. */
  retire(): void {
    this.#isRetired = true;
    if (this.#landing === undefined) void this.stop();
  }

  /** Sees to it that a new token is asked for at this instant, or before. */
  dueBy(instant: number): void {
    const isOnItsWay = this.#attempt !== undefined || this.#gate?.holds(this) === true;
    if (this.#isStopped || isOnItsWay || (this.place !== -1 && this.rank <= instant)) return;
    this.#parts.dispatcher.scheduler.plan(this, instant);
  }

  onDue(): void {
    const credentials = this.#credentials;
    if (this.#attempt !== undefined || this.#isStopped) return;
    if (credentials !== undefined && this.#served.isBehind(credentials)) this.#adopt(credentials);
    else this.#admit(false);
  }

  refuse(holdOff: HoldOff): void {
    // Of a hundred thousand in the queue few have callers, and errors are dear.
    const refused = this.#landing === undefined ? undefined : this.#refusal(holdOff);
    if (refused !== undefined) this.#land(refused);
  }

  #held(): Promise<AccessToken> | undefined {
    const credentials = this.#credentials;
    if (credentials === undefined) return undefined;
    const current = this.#served.current(credentials);
    if (current !== undefined || !this.#served.isBehind(credentials)) return current;
    this.#adopt(credentials);
    return this.#served.current(credentials);
  }

  #urge(forced: boolean): Landing {
    this.#landing ??= new Landing();
    const landing = this.#landing;
    if (this.#attempt === undefined) this.#admit(forced);
    else this.#makeAwaited();
    return landing;
  }

  /** An attempt that nobody waited for is made once; now somebody waits, so that it is repeated where it fails for a moment. */
  #makeAwaited(): void {
    if (this.#isAwaited || this.#credentials === undefined) return;
    this.#isAwaited = true;
    this.#credentials.refresh(this.#parts.request).catch(ignore);
  }

  #admit(forced: boolean): void {
    const { dispatcher } = this.#parts;
    const dueAt = this.#landing === undefined ? this.rank : FIRST;
    this.#leaveQueues();
    const gate = dispatcher.openGate(this.#issuer());
    if (dispatcher.begin(gate, forced)) {
      this.#attempt = this.#run(gate, dispatcher.time.now());
      return;
    }
    this.#gate = gate;
    gate.queue(this, dueAt);
  }

  async #run(gate: IssuerGate, beganAt: number): Promise<void> {
    const result = await this.#ask();
    this.#attempt = undefined;
    this.#isAwaited = false;
    const before = this.#retries;
    if (result instanceof RefreshError) this.#noteFailure(result);
    else this.#take(this.#served.take(result), result, beganAt);
    this.#parts.dispatcher.end(gate, sharedFailure(result, this.#credentials), beganAt);
    // Whoever waited is told when the next attempt is, as are those who come later.
    const isPassing = result instanceof RefreshError && result.retryable;
    this.#land((isPassing ? this.#refusal(gate.holdOff) : undefined) ?? result);
    if (!this.#isStopped) this.#report(result, before);
  }

  async #ask(): Promise<AccessToken | RefreshError> {
    try {
      this.#credentials ??= await this.#parts.find?.();
      if (this.#credentials === undefined) throw new TypeError('There are no credentials');
      this.#isAwaited = this.#landing !== undefined;
      return await this.#credentials.refresh(this.#parts.request, { singleAttempt: !this.#isAwaited });
    } catch (error) {
      return asRefreshError(error);
    }
  }

  /** Somebody else refreshed the credentials: their token is served, and its own time counts. */
  #adopt(credentials: Credentials): void {
    const token = this.#served.follow(credentials);
    if (token === undefined) return;
    const before = this.#retries;
    this.#take(false, token, this.#parts.dispatcher.time.now());
    this.#reportRecovery(before);
  }

  #take(isRepeated: boolean, { expiresAt }: AccessToken, receivedAt: number): void {
    const { clock, time } = this.#parts.dispatcher;
    const now = time.now();
    const endsAt = expiresAt === undefined ? undefined : now + (expiresAt - clock.now());
    this.#life = Object.freeze({ receivedAt, endsAt, jitter: randomOf(clock), isRepeated });
    this.#retries = undefined;
    this.#planAt(now + refreshDelayMs(this.#life, now, this.#parts.plan.policy));
  }

  #noteFailure(error: RefreshError): void {
    const { clock, time } = this.#parts.dispatcher;
    const now = time.now();
    const { receivedAt = now, endsAt = now } = this.#life ?? {};
    this.#retries = afterFailure(error, this.#retries, {
      plan: this.#parts.plan,
      now,
      wall: clock.now(),
      lifetimeMs: endsAt - receivedAt,
      remainingMs: this.#credentials?.tokenState === 'invalid' ? 0 : endsAt - now,
      random: randomOf(clock),
    });
    if (this.#parts.isLazy !== true || this.#life !== undefined) this.#planAt(this.#retries.holdOff.until);
  }

  #planAt(dueAt: number): void {
    if (this.#isStopped || this.#attempt !== undefined) return;
    this.#leaveQueues();
    this.#parts.dispatcher.scheduler.plan(this, dueAt);
  }

  #leaveQueues(): void {
    this.#gate?.withdraw(this);
    this.#gate = undefined;
    this.#parts.dispatcher.scheduler.drop(this);
  }

  #land(result: AccessToken | RefreshError): void {
    const landing = this.#landing;
    this.#landing = undefined;
    landing?.settle(result);
    if (this.#isRetired) void this.stop();
  }

  #refusal(issuer: HoldOff | undefined): RefreshError | undefined {
    const { clock, time } = this.#parts.dispatcher;
    return refusal(this.#retries, issuer, { wall: clock.now(), monotonic: time.now() });
  }

  #issuer(): string | object {
    return this.#credentials === undefined ? this : issuerKeyOf(this.#credentials);
  }

  #nextRefreshAt(): number | undefined {
    if (this.place === -1) return undefined;
    const { time } = this.#parts.dispatcher;
    const opensAt = this.#gate?.holds(this) === true ? (this.#gate.holdOff?.until ?? time.now()) : this.rank;
    return time.wallAt(Math.max(opensAt, this.rank));
  }

  #report(result: AccessToken | RefreshError, before: RetryState | undefined): void {
    const { name } = this.#parts;
    const nextRefreshAt = this.#nextRefreshAt();
    if (result instanceof RefreshError) {
      const { retries = 0, isExhausted = false } = this.#retries ?? {};
      reportFailure(this.#listeners, { name, error: result, retries, nextRefreshAt }, isExhausted);
      return;
    }
    this.#listeners?.emit('refreshed', { name, expiresAt: result.expiresAt, nextRefreshAt });
    this.#reportRecovery(before);
  }

  #reportRecovery(before: RetryState | undefined): void {
    if (before !== undefined) reportRecovery(this.#listeners, { name: this.#parts.name, failures: before.failures });
  }
}

function stopped(): RefreshError {
  return new RefreshError('no_token', 'The token server was stopped. Start another one.');
}

function ignore(): void {
  // The attempt itself tells of its failure.
}
