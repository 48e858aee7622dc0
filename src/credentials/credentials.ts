/** The abstract base of every kind: it owns caching, single flight, staleness, hold-off and headers; a kind only fetches. */
import { requireHeaderSafe } from '../base/header-value.js';
import { setHeader, type HeadersLike } from '../base/headers.js';
import { liveSignal } from '../base/live-signal.js';
import { inspectAs } from '../base/redacted.js';
import { RefreshError } from '../errors.js';
import { DEFAULT_UNIVERSE_DOMAIN, QUOTA_PROJECT_HEADER, QUOTA_PROJECT_VARIABLE } from '../google/well-known.js';
import type { AccessToken } from '../tokens/access-token.js';
import type { RefreshPlan } from '../tokens/refresh-plan.js';
import { loadRefreshing, TokenCell } from '../tokens/token-cell.js';
import type { TokenSet } from '../tokens/token-set.js';
import type { TokenState } from '../tokens/token-state.js';
import { requireRequestLike } from '../transport/request-check.js';
import type { RequestLike, Transport } from '../transport/transport.js';
import {
  refreshOptions,
  wasAcceptedIn,
  type CallOptions,
  type InvalidateOptions,
  type RefreshOptions,
} from './call-options.js';
import { clockOf, credentialsOptions, type CredentialsOptions } from './credentials-options.js';
import type * as Loaded from './first-use.js';
import { ON_FIRST_USE } from './on-first-use.js';
import { projectFromEnvironment } from './quota-project.js';
import { requireSafeTarget } from './target-check.js';

/** Where credentials came from, for error messages and logs. It holds no secret. */
export interface CredentialInfo {
  /** The file or service they came from. */
  readonly source: string;
  /** What they are, in a word or two. */
  readonly type: string;
  /** Who they are for, where it is known. */
  readonly principal?: string;
}

/** What `beforeRequest` gives while a token is fresh: one promise for everybody, resolved long ago. */
const APPLIED: Promise<void> = Promise.resolve();

/** A token can expire between its arrival and a waiter's turn, where the event loop was held; then it is fetched anew. */
const MAX_WAITS = 3;

let readCell: (credentials: Credentials) => TokenCell;

/** The cell of credentials, for the kinds of this library that look into it. */
export function cellOf(credentials: Credentials): TokenCell {
  return readCell(credentials);
}

/**
 * Knows how to get a token and puts it on requests. Immutable: `withX()` gives a copy, and only the token inside moves.
 *
 * A kind of your own extends it with `fetchToken` and `copy`, and ends its constructor with
 * `if (new.target === Kind) Object.freeze(this)`.
 */
export abstract class Credentials {
  readonly #cell: TokenCell;
  readonly #options: CredentialsOptions;
  readonly #quotaProjectId: string | undefined;

  /**
   * @param options Copied by their known names; nothing of the caller's is kept.
   * @param share Credentials whose token means the same as this one's: they hand over their cell, so that one refresh serves both.
   * @throws TypeError for an option of the wrong type.
   */
  protected constructor(options: CredentialsOptions, share?: Credentials);
  /** @internal Kinds that hold tokens from the start bring their own cell. */
  protected constructor(options: CredentialsOptions, share: Credentials | TokenCell);
  protected constructor(options: CredentialsOptions, share?: Credentials | TokenCell) {
    this.#options = credentialsOptions(options);
    this.#quotaProjectId = this.#options.quotaProjectId;
    if (share === undefined) this.#cell = new TokenCell({ clock: clockOf(this.#options) });
    else this.#cell = share instanceof TokenCell ? share : share.#cell;
  }

  /** The current access token, expired or not; `undefined` before the first. This reveals the secret. */
  get token(): string | undefined {
    return this.#cell.tokens?.accessToken.value;
  }

  /** When the current token ends; `undefined` where there is none or it never ends. */
  get expiry(): Date | undefined {
    const expiresAt = this.#cell.tokens?.accessToken.expiresAt;
    return expiresAt === undefined ? undefined : new Date(expiresAt);
  }

  /** Whether the current token has ended or is inside its refresh window. */
  get expired(): boolean {
    return this.#cell.tokens !== undefined && this.#cell.look() !== 'fresh';
  }

  /** Whether there is a token and it is not {@link Credentials.expired}. */
  get valid(): boolean {
    return this.#cell.look() === 'fresh';
  }

  /** `fresh`, `stale` (inside the refresh window, or signed here before the wall clock was set back: still used) or `invalid` (none, or ended). */
  get tokenState(): TokenState {
    return this.#cell.look();
  }

  /** The project that is billed and counted for requests, where one was named. */
  get quotaProjectId(): string | undefined {
    return this.#quotaProjectId;
  }

  /** The universe whose APIs the token is for; `googleapis.com` by default. */
  get universeDomain(): string {
    return this.#options.universeDomain ?? DEFAULT_UNIVERSE_DOMAIN;
  }

  /**
   * Asks the source for a new token, whatever is held and whatever failed before; joins a refresh under way.
   * @throws TypeError for a `request` that is none.
   * @throws RefreshError where no token could be obtained.
   */
  async refresh(request?: RequestLike, options?: RefreshOptions): Promise<AccessToken> {
    if (request !== undefined) requireRequestLike(request, 'request');
    liveSignal(options);
    const tokens = await this.#cell.force(() => this.#plan(request), refreshOptions(options));
    return tokens.accessToken;
  }

  /**
   * Puts a usable token on a request, at once where one is held. A stale one is applied and refreshed in the background.
   * @param request How to send token requests; the `transport` option by default.
   * @param _method The request's method. The base does not use it; a kind may.
   * @param url The request's URL.
   * @param headers Edited in place.
   * @throws TypeError for a `request` or a `url` that is none.
   * @throws RefreshError where there is no usable token and none could be obtained.
   * @throws TransportError `insecure_target` for a plain `http:` URL, loopback and the metadata server aside.
   */
  beforeRequest(
    request: RequestLike | undefined,
    _method: string,
    url: string,
    headers: HeadersLike,
    options?: CallOptions,
  ): Promise<void> {
    try {
      if (request !== undefined) requireRequestLike(request, 'request');
      // Nearly every URL is one of these, and every request passes here.
      if (typeof url !== 'string' || !url.startsWith('https:')) requireSafeTarget(url, this.#options.allowInsecure);
      const signal = options === undefined ? undefined : liveSignal(options);
      if (!this.#applyHeld(request, headers)) return this.#applyAwaited(request, url, headers, signal);
      return this.#addUsage(url, headers) ?? APPLIED;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Puts the held token on a request while it is usable, and starts a background refresh where it is stale.
   * The URL is not known here: sending a token over plain `http:` is the caller's to refuse.
   * @returns Whether it did; `false` where a token must be awaited first.
   */
  tryApply(headers: HeadersLike): boolean {
    return this.#applyHeld(undefined, headers);
  }

  /**
   * Puts a token on a request: the given one, or the held one.
   * @throws RefreshError `no_token` where none is given and none usable is held.
   */
  apply(headers: HeadersLike, token?: string): void {
    if (token === undefined) {
      if (this.#cell.look() === 'invalid') throw noToken();
      this.writeHeaders(headers, this.#cell.authorization);
    } else {
      this.writeHeaders(headers, `Bearer ${requireHeaderSafe(token, 'token')}`);
    }
  }

  /**
   * Drops the held token, only if it is the one that was rejected.
   * @param options `wasAccepted`: whether that token had worked before, so that its rejection says nothing against fresh ones.
   * @returns Whether it was dropped: `false` where a newer one is held, or where fresh tokens keep being rejected.
   * @throws TypeError for a `wasAccepted` that is no boolean.
   */
  invalidate(rejected: string, options?: InvalidateOptions): boolean {
    return this.#cell.drop(rejected, wasAcceptedIn(options));
  }

  /** A copy that names another quota project, or none. It shares the token and its refresh. */
  withQuotaProject(id: string | undefined): this {
    return this.copied({ quotaProjectId: id }, true);
  }

  /**
   * A copy with the quota project of `GOOGLE_CLOUD_QUOTA_PROJECT`, or this very object where that is unset or empty.
   * @throws ConfigurationError `invalid_field` where it cannot stand in a header.
   */
  withQuotaProjectFromEnvironment(): this {
    const id = projectFromEnvironment(QUOTA_PROJECT_VARIABLE);
    return id === undefined ? this : this.withQuotaProject(id);
  }

  /** @internal The access token that is held, where it is usable. Whoever asks has a schedule: only what is ahead of its time is refreshed. */
  usableToken(): AccessToken | undefined {
    const cell = this.#cell;
    if (cell.isFresh) return cell.tokens?.accessToken;
    if (cell.look() === 'invalid') return undefined;
    if (cell.isAhead) cell.refreshInBackground(() => this.#plan(undefined));
    return cell.tokens?.accessToken;
  }

  /** Where these credentials came from, where that is known. */
  getCredentialInfo(): CredentialInfo | undefined {
    return undefined;
  }

  /** A description without secrets; the token is never part of JSON. */
  toJSON(): object {
    return {
      kind: this.constructor.name,
      tokenState: this.tokenState,
      expiry: this.expiry,
      quotaProjectId: this.quotaProjectId,
    };
  }

  /** A description without secrets. */
  toString(): string {
    return `[${this.constructor.name} ${this.tokenState}, secrets redacted]`;
  }

  /** @internal Loads what refreshes, for clocks that do not pass by themselves: the first refresh does not wait for it then. */
  static async loadRefreshing(): Promise<void> {
    await loadRefreshing();
  }

  static {
    readCell = (credentials) => credentials.#cell;
    inspectAs(this, (self) => `${self.constructor.name} ${JSON.stringify(self)}`);
  }

  /** The options that the credentials were made with, for the `copy` of a class that extends a kind. Secrets are among them. */
  protected get options(): Readonly<CredentialsOptions> {
    return this.#options;
  }

  /** The metrics name of the kind, sent where the option `usageHeader` is on. */
  protected get usageLabel(): string | undefined {
    return undefined;
  }

  /** How often one token request is sent at most while somebody waits, failures included; `undefined` for three times. */
  protected get attempts(): number | undefined {
    return undefined;
  }

  /**
   * Gets a token from the source. This is what a kind is.
   * @param request Sends HTTP with this library's timeouts and retries; it throws only where there is no complete answer.
   * @param options `signal` aborts when the refresh's time is up; `awaited` tells whether somebody waits for the token just now:
   * a source that keeps others waiting, or waits for them, may leave it at that where nobody does.
   */
  protected abstract fetchToken(
    request: Transport,
    options: { readonly signal: AbortSignal; readonly awaited: boolean },
  ): Promise<TokenSet>;

  /**
   * Makes a copy with some options changed.
   * @param options What changes; `undefined` removes an option.
   * @param keepsToken Whether the copy's token means the same, so that it shares the cell.
   */
  protected abstract copy(options: object, keepsToken: boolean): this;

  /**
   * Makes the copy, and sees to it that it is of the same class, and that it shares the token where it is to keep it.
   * @throws TypeError where a `copy` does not: a subclass of a shipped kind has not overridden it, or it forgets to hand on `share`.
   */
  protected copied(options: object, keepsToken: boolean): this {
    const copy = this.copy(options, keepsToken);
    const name = this.constructor.name;
    if (Object.getPrototypeOf(copy) !== Object.getPrototypeOf(this))
      throw new TypeError(`${name} must override copy(): it got a ${copy.constructor.name}, which is not a ${name}`);
    if (keepsToken && copy.#cell !== this.#cell && !copy.#cell.isFork)
      throw new TypeError(`copy() of ${name} must hand on "this" as "share" where "keepsToken" is true`);
    return copy;
  }

  /**
   * Writes the token onto a request, and the quota project where there is one. A kind whose secret goes into another header overrides it.
   * @param authorization `Bearer …`
   */
  protected writeHeaders(headers: HeadersLike, authorization: string): void {
    setHeader(headers, 'authorization', authorization);
    if (this.#quotaProjectId !== undefined) setHeader(headers, QUOTA_PROJECT_HEADER, this.#quotaProjectId);
  }

  /** Whether a URL is where this kind gets its tokens; such a request is sent bare while a token is waited for. */
  protected isOwnEndpoint(_url: string): boolean {
    return false;
  }

  /**
   * How a call sends token requests: its own `request`, the option, or, where both are left out, the default transport.
   * @throws TypeError for a `request` that is none.
   */
  protected requestFor(request: RequestLike | undefined): RequestLike | undefined {
    if (request !== undefined) requireRequestLike(request, 'request');
    return request ?? this.#options.transport;
  }

  #applyHeld(request: RequestLike | undefined, headers: HeadersLike): boolean {
    const cell = this.#cell;
    if (!cell.isFresh && !this.#usable(cell, request)) return false;
    this.writeHeaders(headers, cell.authorization);
    return true;
  }

  #usable(cell: TokenCell, request: RequestLike | undefined): boolean {
    if (cell.isWaitedFor) return false;
    const state = cell.look();
    if (state === 'stale') cell.refreshInBackground(() => this.#plan(request));
    return state !== 'invalid';
  }

  /** No async function: ten thousand callers may wait at once, and each would keep a frame of it. */
  #applyAwaited(
    request: RequestLike | undefined,
    url: string,
    headers: HeadersLike,
    signal: AbortSignal | undefined,
    waits: number = MAX_WAITS,
  ): Promise<void> {
    // A client that signs in all its requests may be what sends the token request: it must not wait for itself.
    if (this.isOwnEndpoint(url)) return APPLIED;
    const flight = this.#cell.join(signal) ?? this.#cell.obtain(() => this.#plan(request), signal);
    return flight.then(() => {
      if (this.#applyHeld(request, headers)) return this.#addUsage(url, headers);
      if (waits === 1) throw noToken();
      return this.#applyAwaited(request, url, headers, signal, waits - 1);
    });
  }

  /** Nothing, and nothing to wait for, unless it was asked for. No request fails for it: it is for statistics alone. */
  #addUsage(url: string, headers: HeadersLike): Promise<void> | undefined {
    if (this.#options.usageHeader !== true) return undefined;
    const add = ({ addUsage }: typeof Loaded): void => {
      addUsage(headers, url, this.usageLabel, this.universeDomain);
    };
    const loaded = ON_FIRST_USE.value;
    if (loaded === undefined) return ON_FIRST_USE.load().then(add, () => undefined);
    add(loaded);
    return undefined;
  }

  #plan(request: RequestLike | undefined): RefreshPlan {
    const given = this.requestFor(request);
    return {
      kind: this.constructor.name,
      principal: this.#principal(),
      mint: (flight) =>
        ON_FIRST_USE.use(({ flightTransport }) => {
          const transport = flightTransport(given, this.#cell.clock, flight, this.attempts);
          return flight.calling(() => this.fetchToken(transport, flight));
        }),
    };
  }

  /** It is for observers only: an override that throws costs no token. */
  #principal(): string | undefined {
    try {
      return this.getCredentialInfo()?.principal;
    } catch {
      return undefined;
    }
  }
}

function noToken(): RefreshError {
  return new RefreshError('no_token', 'No usable access token is held. Await beforeRequest() or refresh() first.', {
    retryable: true,
  });
}
