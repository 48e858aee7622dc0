/** The function through which all HTTP of this library goes, and what it exchanges. */

/** One HTTP request, as a {@link Transport} is given it. It is frozen: a transport edits nothing of it. */
export interface TransportRequest {
  /** The method, in capitals. */
  readonly method: string;
  /** The absolute URL. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, already serialised. */
  readonly body?: string;
  /**
   * Give up after this many milliseconds with a `TransportError` `timed_out`.
   * @default 10000
   */
  readonly timeoutMs?: number;
  /** Give up when it aborts, rejecting with its reason. */
  readonly signal?: AbortSignal;
  /** `false`: never go through a proxy, whatever the environment says (metadata servers). */
  readonly proxy?: false;
  /**
   * `false`: the library does not send this request again once it may have reached the server
   * (a rotating refresh token can be spent only once). A transport must never retry by itself.
   * @default true
   */
  readonly resend?: boolean;
}

/** A complete answer, whatever its status. */
export interface HttpResponse {
  /** The HTTP status. It never makes a transport throw; a redirect is an answer like any other. */
  readonly status: number;
  /** Headers by name, in any case. */
  readonly headers: {
    /** The value of a header, or `null` where it is absent. */
    get(name: string): string | null;
  };
  /** The body as text, at most 1 MiB. */
  readonly body: string;
}

/**
 * Sends one request once and gives the answer. It never follows redirects, never throws for a status, and rejects with
 * a `TransportError` when there is no complete answer.
 */
export type Transport = (request: TransportRequest) => Promise<HttpResponse>;

/** An object with a `request` method that takes gaxios's options: a `Gaxios` instance fits. */
export interface GaxiosLike {
  /** Sends the request that the options describe. */
  request(options: object): Promise<GaxiosLikeResponse>;
}

/** What a {@link GaxiosLike} answers with. */
export interface GaxiosLikeResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, as a `Headers` or as a plain object. */
  readonly headers: object;
  /** The body: text, or what the client made of it. */
  readonly data?: unknown;
}

/** What may be handed over as `request`: a {@link Transport}, or a `Gaxios` instance. */
export type RequestLike = Transport | GaxiosLike;
