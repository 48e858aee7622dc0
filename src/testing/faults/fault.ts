/** What can go wrong with an answer: the vocabulary of fault injection. */

/** The endpoints that can be made to fail. */
export type EmulatorEndpoint =
  | 'token'
  | 'revoke'
  | 'tokenInfo'
  | 'api'
  | 'certs'
  | 'signBlob'
  | 'signJwt'
  | 'generateIdToken'
  | 'generateAccessToken'
  | 'metadataPing'
  | 'metadataToken'
  | 'metadataIdentity'
  | 'metadata';

/** Every {@link EmulatorEndpoint}. */
export const ENDPOINTS: readonly EmulatorEndpoint[] = [
  'token',
  'revoke',
  'tokenInfo',
  'api',
  'certs',
  'signBlob',
  'signJwt',
  'generateIdToken',
  'generateAccessToken',
  'metadataPing',
  'metadataToken',
  'metadataIdentity',
  'metadata',
];

/** What any fault may be combined with, and may be alone. */
export interface DelayFault {
  /** Holds the answer, or the absence of one, back for so many real milliseconds after it was decided. */
  readonly delayMs: number;
}

/** Answers with a status instead of processing the request. */
export interface StatusFault extends Partial<DelayFault> {
  /** The status, 200 to 599. */
  readonly status: number;
  /** Headers of the answer, such as `{ 'retry-after': '5' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The body: a string is sent as text, an object as JSON.
   * @default ''
   */
  readonly body?: string | object;
}

/** Never answers, and keeps the connection open. */
export interface HangFault extends Partial<DelayFault> {
  /** `true` or `'before'`: the request is not processed. `'after'`: it is, so that a rotated refresh token is lost. */
  readonly hang: true | 'before' | 'after';
}

/** Processes the request, and sends the headers at once and the body byte by byte. */
export interface SlowBodyFault extends Partial<DelayFault> {
  /** Real milliseconds before each byte. */
  readonly slowBody: number;
}

/** Resets the connection instead of answering. */
export interface ResetFault extends Partial<DelayFault> {
  /** `'before'`: the request is not processed. `'after'`: it is, so that a rotated refresh token is lost. */
  readonly reset: 'before' | 'after';
}

/** Processes the request, announces the whole body, and closes the connection in the midst of it. */
export interface TruncateFault extends Partial<DelayFault> {
  /** How many bytes of the body are sent. */
  readonly truncate: number;
}

/** Answers 200 with a web page, as a captive portal does, instead of processing the request. */
export interface HtmlFault extends Partial<DelayFault> {
  /** Always `true`. */
  readonly html: true;
}

/** Answers with any JSON instead of processing the request. */
export interface JsonFault extends Partial<DelayFault> {
  /** The value: `{}`, an array, `{ access_token: 7 }` … */
  readonly json: unknown;
  /** @default 200 */
  readonly status?: number;
}

/** Answers with a redirect instead of processing the request. */
export interface RedirectFault extends Partial<DelayFault> {
  /** The `location`. */
  readonly redirect: string;
  /** @default 307 */
  readonly status?: number;
}

/** Answers 200 with a huge body instead of processing the request. */
export interface BytesFault extends Partial<DelayFault> {
  /** The length of the body: one JSON string of the letter `a`. */
  readonly bytes: number;
  /**
   * Whether it is compressed, so that few bytes on the wire become many.
   * @default false
   */
  readonly gzip?: boolean;
}

/** One thing that goes wrong with one request. */
export type Fault =
  | StatusFault
  | HangFault
  | SlowBodyFault
  | ResetFault
  | TruncateFault
  | HtmlFault
  | JsonFault
  | RedirectFault
  | BytesFault
  | DelayFault;

/** Every member that a fault may have. */
export type FaultMembers = Partial<
  StatusFault &
    HangFault &
    SlowBodyFault &
    ResetFault &
    TruncateFault &
    HtmlFault &
    JsonFault &
    RedirectFault &
    BytesFault
>;

/** What distinguishes the faults: the name of their own member. */
export type FaultKind =
  'bytes' | 'delayMs' | 'hang' | 'html' | 'json' | 'redirect' | 'reset' | 'slowBody' | 'status' | 'truncate';
