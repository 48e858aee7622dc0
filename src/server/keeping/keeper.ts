/** Keeps the token of one name fresh: what is under way, who waits for it, and what comes next. */
import { awaitedCall } from '../../credentials/awaited-call.js';
import type { Credentials } from '../../credentials/credentials.js';
import { RefreshError } from '../../errors.js';
import type { AccessToken } from '../../tokens/access-token.js';
import type { HoldOff } from '../../tokens/hold-off.js';
import type { Refresher } from '../queues/dispatcher.js';
import type { Entrant, IssuerGate } from '../queues/issuer-gate.js';
import {
  EventListeners,
  reportFailure,
  reportToken,
  type TokenServerEvents,
  type TokenServerListener,
} from '../server-events.js';
import type { TokenServerState } from '../server-state.js';
import { Attempt } from './attempt.js';
import { sharedFailure } from './failure-scope.js';
import type { KeeperParts } from './keeper-parts.js';
import { KeptToken } from './kept-token.js';
import { Landing, type WaitOptions } from './landing.js';
import type { RetryState } from './retry-state.js';

/** Before everybody who fell due: a caller is waiting. */
const FIRST = -1;

/** Keeps one token. */
export class Keeper implements Entrant, Refresher {
  rank = 0;
  place = -1;
  readonly #parts: KeeperParts;
  readonly #token: KeptToken;
  #attempt: Attempt | undefined;
  #landing: Landing | undefined;
  #gate: IssuerGate | undefined;
  #listeners: EventListeners | undefined;
  #isWanted: boolean;
  #isRetired = false;
  #isStopped = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#token = new KeptToken(parts);
    this.#isWanted = parts.isLazy !== true;
  }

  /** The credentials that are kept warm, once they are known. */
  get credentials(): Credentials | undefined {
    return this.#token.credentials;
  }

  /** How things stand. */
  get state(): TokenServerState {
    const { credentials, retries } = this.#token;
    return Object.freeze({
      tokenState: credentials?.tokenState ?? 'invalid',
      refreshing: this.#attempt !== undefined,
      lastError: retries?.holdOff.error,
      retries: retries?.retries ?? 0,
      nextRefreshAt: this.#nextRefreshAt(),
    });
  }

  get isAwaited(): boolean {
    return this.#landing !== undefined;
  }

  /** Nobody misses a first token that nobody asks for; and a source that hangs must not hold up those that work. A gate lets in few. */
  get canWait(): boolean {
    return !this.isAwaited && this.#gate === undefined && (!this.#token.wasHad || this.#token.hangs);
  }

  /** Begins: with the token that the credentials hold, where it is fresh, else by asking for one. */
  start(): void {
    const { scheduler, time } = this.#parts.dispatcher;
    if (this.credentials?.valid === true && this.#held() !== undefined) return;
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
    const gate = this.#parts.dispatcher.gate(this.#token.issuer);
    const refused = this.#isStopped ? stopped() : this.#token.refusal(gate?.holdOff);
    return refused === undefined ? this.#urge(false).wait(wait) : Promise.reject(refused);
  }

  /** Asks for a new token, whatever is held and whatever failed before; joins an attempt under way. */
  refresh(wait: WaitOptions): Promise<AccessToken> {
    return this.#isStopped ? Promise.reject(stopped()) : this.#urge(true).wait(wait);
  }

  /** Ends it; resolves when what is under way has ended. Until then the process is held: whoever stops it has more to do. */
  async stop(): Promise<void> {
    this.#end();
    if (this.#attempt !== undefined) await awaitedCall(this.#attempt.result);
  }

  /** Ends it once nobody waits for it. */
  retire(): void {
    this.#isRetired = true;
    if (this.#landing === undefined) this.#end();
  }

  /** Sees to it that a new token is asked for at this instant, or before, unless failures forbid it. */
  dueBy(instant: number): void {
    this.#isWanted = true;
    const dueAt = Math.max(instant, this.#token.retries?.holdOff.until ?? instant);
    const isOnItsWay = this.#attempt !== undefined || this.#gate?.holds(this) === true;
    if (this.#isStopped || isOnItsWay || (this.place !== -1 && this.rank <= dueAt)) return;
    this.#parts.dispatcher.scheduler.plan(this, dueAt);
  }

  onDue(): void {
    if (this.#attempt !== undefined || this.#isStopped) return;
    if (this.#token.isBehind) this.#adopt();
    else this.#admit(false);
  }

  refuse(holdOff: HoldOff): void {
    // Of a hundred thousand in the queue few have callers, and errors are dear.
    if (this.#landing === undefined || this.#held() !== undefined) return;
    const refused = this.#token.refusal(holdOff);
    if (refused !== undefined) this.#land(refused);
  }

  #held(): Promise<AccessToken> | undefined {
    const { current } = this.#token;
    if (current !== undefined || !this.#token.isBehind) return current;
    this.#adopt();
    return this.#token.current;
  }

  #urge(forced: boolean): Landing {
    const landing = this.#landing ?? this.#openLanding();
    if (this.#attempt === undefined) this.#admit(forced);
    else this.#attempt.join();
    return landing;
  }

  #openLanding(): Landing {
    this.#landing = new Landing({
      clock: this.#parts.dispatcher.clock,
      held: () => this.held(),
      onDeserted: () => {
        this.#leave();
      },
    });
    return this.#landing;
  }

  /** The last caller has left: what is under way goes on, as if nobody had come. */
  #leave(): void {
    this.#landing = undefined;
    this.#attempt?.leave();
    if (this.#isRetired) this.#end();
  }

  #admit(forced: boolean): void {
    const { dispatcher, request } = this.#parts;
    const dueAt = this.isAwaited ? FIRST : this.rank;
    this.#leaveQueues();
    const gate = dispatcher.openGate(this.#token.issuer);
    if (!dispatcher.begin(gate, this, forced)) {
      this.#gate = gate;
      gate.queue(this, dueAt);
      return;
    }
    const beganAt = dispatcher.time.now();
    const credentials = this.credentials ?? (() => this.#token.find());
    this.#attempt = new Attempt({ credentials, request, isAwaited: this.isAwaited });
    void this.#attempt.result.then((result) => {
      this.#conclude(result, gate, beganAt);
    });
  }

  #conclude(result: AccessToken | RefreshError, gate: IssuerGate, beganAt: number): void {
    this.#attempt = undefined;
    const before = this.#token.retries;
    const hasFailed = result instanceof RefreshError;
    const dueAt = hasFailed ? this.#token.fail(result) : this.#token.take(result, beganAt);
    if (this.#isWanted || this.#token.wasHad) this.#planAt(dueAt);
    this.#parts.dispatcher.end(gate, this, { error: sharedFailure(result, this.credentials), beganAt });
    // Whoever waited is told when the next attempt is, as are those who come later.
    const isPassing = hasFailed && result.retryable;
    this.#land((isPassing ? this.#token.refusal(gate.holdOff) : undefined) ?? result);
    if (!this.#isStopped) this.#report(result, before);
  }

  /** Somebody else refreshed the credentials: their token is served, also to those who wait, and its own time counts. */
  #adopt(): void {
    const before = this.#token.retries;
    const adopted = this.#token.adopt();
    if (adopted === undefined) return;
    this.#planAt(adopted.dueAt);
    // Whoever waits for an attempt may have asked for another token than this one.
    if (this.#attempt === undefined) this.#land(adopted.token);
    this.#report(adopted.token, before);
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
    if (this.#isRetired) this.#end();
  }

  #end(): void {
    this.#isStopped = true;
    this.#leaveQueues();
    if (this.#attempt === undefined && this.#landing !== undefined) this.#land(stopped());
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
      const { retries = 0, isExhausted = false } = this.#token.retries ?? {};
      reportFailure(this.#listeners, { name, error: result, retries, nextRefreshAt }, isExhausted);
    } else {
      reportToken(this.#listeners, { name, expiresAt: result.expiresAt, nextRefreshAt }, before?.failures);
    }
  }
}

function stopped(): RefreshError {
  return new RefreshError('no_token', 'The token server was stopped. Start another one.');
}
